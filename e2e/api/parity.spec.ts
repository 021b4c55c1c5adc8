import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from '@playwright/test';

/**
 * The same files serve /v1 by two routers: ours in the product (server.mjs) and Next's under `next dev`. Here both run from the built
 * product (Next's own server.js lies in it) and are asked the same questions. Needs `npm run build`; starts its own processes.
 */
const PRODUCT = join(import.meta.dirname, '..', '..', '.next', 'standalone');
const TOKEN = { authorization: 'Bearer pds_local_dev_token' };
const JSON_TYPE = { 'content-type': 'application/json' };
const COMPARED = ['content-type', 'cache-control', 'www-authenticate', 'x-content-type-options', 'retry-after', 'location'];

interface Question {
  title: string;
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

const QUESTIONS: Question[] = [
  { title: 'who am I', path: '/v1/me', headers: TOKEN },
  { title: 'who am I, without a credential', path: '/v1/me' },
  {
    title: 'who am I, with a foreign credential',
    path: '/v1/me',
    headers: { authorization: 'Bearer pds_0000000000000000000000' },
  },
  { title: 'a query string', path: '/v1/me?limit=%zz&a=1', headers: TOKEN },
  {
    title: 'a forged identity',
    path: '/v1/me',
    headers: { ...TOKEN, 'x-pandastack-user-id': 'forged', 'x-stub-user': 'forged' },
  },
  { title: 'an org by slug', path: '/v1/orgs/local-dev', headers: TOKEN },
  { title: 'an org by an escaped slug', path: '/v1/orgs/local%2Ddev', headers: TOKEN },
  { title: 'an org by an escaped slash', path: '/v1/orgs/local%2Fdev', headers: TOKEN },
  { title: 'an org in Chinese', path: '/v1/orgs/%E4%BD%A0%E5%A5%BD', headers: TOKEN },
  { title: 'an org with a plus, a space and a NUL', path: '/v1/orgs/a+b%20c%00', headers: TOKEN },
  { title: 'members', path: '/v1/orgs/local-dev/members', headers: TOKEN },
  {
    title: 'a literal segment where a parameter could stand',
    path: '/v1/orgs/invites/nosuchsecret/accept',
    method: 'POST',
    headers: TOKEN,
  },
  { title: 'an unknown path', path: '/v1/no/such/path', headers: TOKEN },
  { title: 'an unknown path, by POST', path: '/v1/nothing', method: 'POST', headers: TOKEN },
  { title: 'a doubled path', path: '/v1/v1/me', headers: TOKEN },
  { title: 'a bare HEAD', path: '/v1/me', method: 'HEAD', headers: TOKEN },
  { title: 'broken JSON', path: '/v1/orgs', method: 'POST', headers: { ...TOKEN, ...JSON_TYPE }, body: '{"name":' },
  {
    title: 'a body of another type',
    path: '/v1/orgs',
    method: 'POST',
    headers: { ...TOKEN, 'content-type': 'text/plain' },
    body: 'name',
  },
  {
    title: 'an unknown field',
    path: '/v1/orgs',
    method: 'POST',
    headers: { ...TOKEN, ...JSON_TYPE },
    body: '{"name":"A","role":"owner"}',
  },
  {
    title: 'a body that is too large',
    path: '/v1/orgs',
    method: 'POST',
    headers: { ...TOKEN, ...JSON_TYPE },
    body: `{"name":"${'x'.repeat(70_000)}"}`,
  },
  { title: 'a new org', path: '/v1/orgs', method: 'POST', headers: { ...TOKEN, ...JSON_TYPE }, body: '{"name":"Parity"}' },
  {
    title: 'the same slug again',
    path: '/v1/orgs',
    method: 'POST',
    headers: { ...TOKEN, ...JSON_TYPE },
    body: '{"name":"Parity","slug":"parity"}',
  },
  { title: 'liveness', path: '/healthz' },
  { title: 'readiness', path: '/readyz' },
  { title: 'the version', path: '/version' },
  { title: 'metrics, for a stranger', path: '/metrics' },
];

interface Running {
  url: string;
  stop(): Promise<void>;
}

let ours: Running;
let nexts: Running;

test.describe.configure({ mode: 'default', timeout: 120_000 });

test.beforeAll(async () => {
  [ours, nexts] = await Promise.all([run('server.mjs'), run('server.js')]);
});

test.afterAll(async () => {
  await Promise.all([ours?.stop(), nexts?.stop()]);
});

for (const question of QUESTIONS) {
  test(`both routers answer alike: ${question.title}`, async () => {
    const [own, next] = [await ask(ours, question), await ask(nexts, question)];
    expect(own).toEqual(next);
    expect(own.status).toBeLessThan(500);
  });
}

test('the product refuses a malformed percent-escape, for which Next alone has a 500', async () => {
  for (const path of ['/v1/orgs/%zz', '/v1/orgs/%E4%BD', '/v1/%ff', '/orgs/%zz', '/login%']) {
    const { status } = await ask(ours, { title: '', path, headers: TOKEN });
    expect([path, status]).toEqual([path, 400]);
  }
});

test('a wrong method is refused by both; the product also says which are right, and why', async () => {
  for (const method of ['DELETE', 'PUT', 'PATCH']) {
    const [own, next] = await Promise.all([ours, nexts].map(({ url }) => fetch(`${url}/v1/me`, { method, headers: TOKEN })));
    expect([own?.status, next?.status]).toEqual([405, 405]);
    expect(own?.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect(await own?.json()).toMatchObject({ code: 'method_not_allowed' });
  }
});

test('OPTIONS tells the same methods on both', async () => {
  for (const path of ['/v1/me', '/v1/orgs', '/v1/orgs/local-dev', '/healthz']) {
    const answers = await Promise.all([ours, nexts].map(({ url }) => fetch(`${url}${path}`, { method: 'OPTIONS' })));
    const [own, next] = answers.map(({ status, headers }) => ({ path, status, allow: headers.get('allow') }));
    expect(own).toEqual(next);
    expect(own?.status).toBe(204);
  }
});

async function ask({ url }: Running, { path, method = 'GET', headers = {}, body }: Question) {
  const response = await fetch(url + path, { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) });
  const text = withoutChance(await response.text(), url);
  const compared = Object.fromEntries(COMPARED.map((name) => [name, response.headers.get(name)]));
  const requestId = response.headers.has('x-request-id') === path.startsWith('/v1');
  return { status: response.status, text, compared, requestId: requestId || path === '/metrics' };
}

/** Ids and times differ between two servers, and nothing else may. */
function withoutChance(text: string, url: string): string {
  return text
    .replaceAll(url, '<url>')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => (id.startsWith('00000000') ? id : '<id>'))
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/"latency_ms":\d+/g, '"latency_ms":<ms>');
}

async function run(entry: string): Promise<Running> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parity-'));
  // Postgres runs as another uid when started by root, and must get in.
  chmodSync(dataDir, 0o755);
  const port = await freePort();
  const kept = Object.entries(process.env).filter(([name]) => !/^(PANDASTACK_|SUPABASE_|NEXT_PUBLIC_)/.test(name));
  const env = {
    ...Object.fromEntries(kept),
    NODE_ENV: 'production' as const,
    PANDASTACK_AUTH_MODE: 'stub',
    PANDASTACK_DATA_DIR: dataDir,
    PANDASTACK_LOG_LEVEL: 'warn',
    PORT: String(port),
    HOSTNAME: '127.0.0.1',
  };
  const child = spawn(process.execPath, [join(PRODUCT, entry)], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  await expect.poll(() => isReady(child, url), { timeout: 90_000 }).toBe(true);
  return { url, stop: () => stop(child, dataDir) };
}

async function isReady(child: ChildProcess, url: string): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`${child.spawnargs[1]} ended with exit code ${child.exitCode}`);
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function stop(child: ChildProcess, dataDir: string): Promise<void> {
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address ? address.port : 0;
}
