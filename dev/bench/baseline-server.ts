import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { jwtVerify } from 'jose';
import postgres from 'postgres';

/**
 * What the same work costs without a framework: a bare node:http server that checks the same credential and asks the same question
 * through the same driver. The measure for the product's own figures.
 */
const { BENCH_DATABASE_URL = '', BENCH_JWT_SECRET = '', BENCH_ISSUER = '' } = process.env;
const url = new URL(BENCH_DATABASE_URL);
const host = url.searchParams.get('host');
url.searchParams.delete('host');
const sql = postgres(url.href, { onnotice: () => {}, ...(host ? { host } : {}) });

const key = crypto.subtle.importKey('raw', new TextEncoder().encode(BENCH_JWT_SECRET), { name: 'HMAC', hash: 'SHA-256' }, false, [
  'verify',
]);
const checks = { algorithms: ['HS256'], issuer: BENCH_ISSUER, audience: 'authenticated' };

async function byJwt(credential: string): Promise<unknown> {
  const { payload } = await jwtVerify(credential, await key, checks);
  const orgs = await sql`
    select m.role, o.id, o.slug, o.name, o.owner_user_id, o.created_at, c.org_id is not null as chosen
    from org_members m join orgs o on o.id = m.org_id
    left join user_current_org c on c.user_id = m.user_id and c.org_id = m.org_id
    where m.user_id = ${payload.sub ?? ''} order by m.joined_at, o.id`;
  return { user_id: payload.sub, email: payload.email, current_org: orgs[0], orgs, auth_method: 'jwt' };
}

async function byApiToken(credential: string): Promise<unknown> {
  const hash = createHash('sha256').update(credential).digest('hex');
  const [found] = await sql`
    select t.id, t.created_by, t.role, t.revoked_at, coalesce(t.expires_at <= now(), false) as expired, m.role as creator_role, m.email,
      o.id as org_id, o.slug, o.name, o.owner_user_id, o.created_at
    from api_tokens t join orgs o on o.id = t.org_id
    left join org_members m on m.org_id = t.org_id and m.user_id = t.created_by
    where t.token_hash = ${hash}`;
  return { user_id: found?.created_by, email: found?.email, current_org: found, orgs: [found], auth_method: 'token' };
}

async function answer({ url: path, headers }: IncomingMessage): Promise<{ type: string; body: string }> {
  if (path === '/page') return { type: 'text/html', body: '<!doctype html><title>Page</title>' };
  const credential = headers.authorization?.slice('Bearer '.length) ?? '';
  const body = credential.startsWith('pds_') ? await byApiToken(credential) : await byJwt(credential);
  return { type: 'application/json', body: JSON.stringify(body) };
}

const server = createServer((request, response) => {
  answer(request).then(
    ({ type, body }) => response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body),
    () => response.writeHead(500).end(),
  );
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
