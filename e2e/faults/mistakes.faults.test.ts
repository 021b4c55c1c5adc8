import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { sql } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { withConnection } from '@/db/postgres';
import { startForTest } from '@/dev/auth-server/testing/start-for-test';
import { startDatabaseProxy } from '@/e2e/support/database-proxy';
import { startKeyServer } from '@/e2e/support/key-server';
import { emptyDatabase, migratedDatabase } from '@/e2e/support/test-database';
import { ownProject, probeOf, runOn, SUFFERS, startOn, UNSET, until } from './support/faulty-world';
import { ownCluster } from './support/own-cluster';
import { ownServer } from './support/own-server';
import { hasOpenssl, selfSigned } from './support/self-signed';

const EXIT_CONFIG = 78;
const WARN = { PANDASTACK_LOG_LEVEL: 'warn' };
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** Ended with the configuration's exit code, and said this, without a password. */
async function refusal(databaseUrl: string, env: Record<string, string> = {}): Promise<string> {
  const { exited, errors } = startOn(databaseUrl, await ownProject(), env);
  expect(await exited).toBe(EXIT_CONFIG);
  expect(errors().join('\n')).not.toContain('hunter2');
  return errors().join('\n');
}

/** What a process that serves nevertheless says of its surroundings. */
async function findings(databaseUrl: string, env: Record<string, string> = {}) {
  const replica = await runOn(databaseUrl, await ownProject(), { ...WARN, ...env });
  return {
    ...replica,
    told: () =>
      replica
        .errors()
        .filter((line) => line.includes('"event":"finding"'))
        .join('\n'),
  };
}

describe('B12 a database that cannot be worked with is named by its variable, with what is wrong and what to do:', () => {
  it('a wrong password', async () => {
    const cluster = await ownCluster();
    const { url, folder } = cluster.server();
    await withConnection(url, (direct) => direct.execute(sql`create role ada login password 'hunter2'`));
    const rules = join(folder, 'pg_hba.conf');
    writeFileSync(rules, `local all ada scram-sha-256\n${readFileSync(rules, 'utf8')}`);
    await withConnection(url, (direct) => direct.execute(sql`select pg_reload_conf()`));
    expect(await refusal(as(url, 'ada', 'hunter2-wrong'))).toMatch(
      /PANDASTACK_DATABASE_URL\s+names a password that the server refuses/,
    );
  });

  it('a role that may not create', async () => {
    const { url, drop } = await emptyDatabase();
    const role = `reader_${randomUUID().replaceAll('-', '')}`;
    await withConnection(url, (direct) => direct.execute(sql.raw(`create role ${role} login`)));
    onTestFinished(drop);
    expect(await refusal(as(url, role))).toMatch(/PANDASTACK_DATABASE_URL\s+names a role that may not create or alter tables/);
  });

  it('a server that is too old', async () => {
    const url = await ownDatabase();
    // The only Postgres here is new; this one says that it is not.
    await withConnection(url, async (direct) => {
      await direct.execute(sql`create schema old`);
      await direct.execute(sql`create function old.current_setting(text) returns text language sql as $$ select '130014' $$`);
    });
    const aged = new URL(url);
    aged.searchParams.set('search_path', 'old,pg_catalog,public');
    expect(await refusal(aged.href)).toMatch(/PANDASTACK_DATABASE_URL\s+names a Postgres older than 14/);
  });

  it('a pooler that takes no settings, where nothing says that it is one', async () => {
    const pooler = await settingsRefusingPooler(await ownDatabase());
    expect(await refusal(pooler)).toMatch(/PANDASTACK_DATABASE_URL\s+names a pooler[\s\S]*\?pooler=transaction/);
  });

  it('a pooler that is said to be one serves, and is told of', async () => {
    const pooler = `${await settingsRefusingPooler(await ownDatabase())}?pooler=transaction`;
    const { told, url } = await findings(pooler);
    await expect.poll(told).toContain('"finding":"database.pooler"');
    expect((await probeOf(url)('/readyz')).status).toBe(200);
  });

  it('no encryption on the way to another machine', async () => {
    const proxy = await startDatabaseProxy(await ownDatabase());
    onTestFinished(proxy.close);
    // 127.1 is this machine, and no name that says so.
    const { told } = await findings(proxy.url.replace('127.0.0.1', '127.1'));
    await expect.poll(told).toMatch(/"finding":"database.ssl".*sslmode=verify-full/);
    expect(told()).toContain('does not ask for encryption');
  });
});

describe('B14 ClickHouse keeps nobody from starting: the histories are missing, events wait, and the log says why:', () => {
  it('a user that may only read', async () => {
    const { url } = await ownServer(async (request, response) => {
      response.end(/CHECK GRANT (?!SELECT)/.test(await text(request)) ? '0\n' : '1\n');
    });
    const { told } = await findings(await ownDatabase(), { PANDASTACK_CLICKHOUSE_URL: url });
    await expect.poll(told).toContain('the user of PANDASTACK_CLICKHOUSE_URL lacks INSERT, ALTER, CREATE on pandastack.*');
  });

  // Skipped without openssl: Node reads certificates and makes none.
  it.skipIf(!hasOpenssl())('a certificate that nobody vouches for', async () => {
    const { url } = await ownServer((_request, response) => void response.end(), selfSigned(30));
    const { told, url: base } = await findings(await ownDatabase(), { PANDASTACK_CLICKHOUSE_URL: url });
    await expect.poll(told).toContain('the certificate of ClickHouse is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)');
    expect(await probeOf(base)('/readyz')).toMatchObject({ status: 200, body: { status: 'degraded' } });
  });

  it('another database is a mistake that no waiting mends', async () => {
    const said = await refusal(await ownDatabase(), { PANDASTACK_CLICKHOUSE_URL: 'http://127.0.0.1:9/analytics' });
    expect(said).toMatch(/PANDASTACK_CLICKHOUSE_URL\s+names another database than "pandastack"/);
  });
});

describe('what the project of Supabase gets wrong is told at the start', () => {
  it('B16 B17 a redirect that is not allowed, accounts without proof, anonymous people', async () => {
    const auth = await startForTest({ jwtSecret: `${randomUUID()}${randomUUID()}`, autoconfirm: true, anonymousUsers: true });
    onTestFinished(() => auth.close());
    const project = { SUPABASE_URL: auth.url, SUPABASE_ANON_KEY: auth.anonKey, SUPABASE_JWT_SECRET: auth.jwtSecret };
    const { told } = await findings(await ownDatabase(), { ...project, PANDASTACK_DASHBOARD_URL: 'http://other.test' });
    for (const id of ['auth.redirect', 'auth.auto-confirm', 'auth.anonymous'])
      await expect.poll(told).toContain(`"finding":"${id}"`);
    expect(told()).toContain('http://other.test/auth/callback');
    expect(told()).not.toContain(auth.jwtSecret);
  });

  it('B09 a dashboard of another project than the API, by both addresses', async () => {
    const { told } = await findings(await ownDatabase(), { NEXT_PUBLIC_SUPABASE_URL: 'https://staging.example.com' });
    await expect
      .poll(told)
      .toMatch(/NEXT_PUBLIC_SUPABASE_URL differs.*https:\/\/staging\.example\.com here, http:\/\/127\.0\.0\.1:\d+ there/);
    const named = await findings(await ownDatabase(), {
      NEXT_PUBLIC_SUPABASE_URL: 'https://public.example.com',
      SUPABASE_PUBLIC_URL: 'https://public.example.com',
    });
    await expect.poll(named.told).toContain('"finding":"clickhouse"');
    expect(named.told()).not.toContain('differs');
  });

  it('B20 a clock more than a minute from that of the auth server', async () => {
    const { told } = await findings(await ownDatabase(), { ...SUFFERS, CLOCK_OFFSET_MS: '61000' });
    await expect.poll(told).toMatch(/"finding":"auth.clock".*6\d seconds apart/);
  });
});

describe('B10 with nothing to verify a token with, a process is not ready and says which variable to set:', () => {
  it('the project publishes no keys', async () => {
    const keys = await startKeyServer([]);
    onTestFinished(keys.close);
    const { probe, said } = await withoutSecret(keys.url);
    await expect.poll(said).toContain('the project publishes no keys: set SUPABASE_JWT_SECRET');
    expect(await probe('/readyz')).toMatchObject({
      status: 503,
      body: { status: 'unavailable', checks: { sign_in: { status: 'no_keys' } } },
    });
    expect((await probe('/healthz')).status).toBe(200);
  });

  it('they cannot be fetched, until they can', async () => {
    const project = await ownProject();
    const keys = await ownServer(
      (_request, response) =>
        void fetch(`${project.url}/auth/v1/.well-known/jwks.json`)
          .then((answer) => answer.text())
          .then((text) => response.end(text)),
    );
    await keys.stop();
    const { probe, said } = await withoutSecret(`${keys.url}/jwks.json`);
    await expect.poll(said).toMatch(/cannot be fetched: correct SUPABASE_JWKS_URL.*or set SUPABASE_JWT_SECRET/);
    expect((await probe('/readyz')).status).toBe(503);
    await keys.start();
    await until(
      ({ status }) => status === 200,
      () => probe('/readyz'),
    );
    await keys.stop();
    expect((await probe('/readyz')).status).toBe(200);
  });
});

// Skipped without root: only root may start a process as somebody else, and root writes everywhere.
it.skipIf(!isRoot)('B20 a data folder that cannot be written to is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pandastack-fault-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o555);
  const embedded = { PANDASTACK_DATA_DIR: folder, PANDASTACK_DATABASE_URL: UNSET };
  const project = await ownProject();
  const { exited, errors } = startOn('', project, embedded, { uid: NOBODY });
  expect(await exited).toBe(EXIT_CONFIG);
  expect(errors().join('\n')).toMatch(/PANDASTACK_DATA_DIR names a folder that cannot be written to/);
});

async function withoutSecret(jwksUrl: string) {
  const project = await ownProject();
  // The anon key of a project that signs asymmetrically is none of the old kind.
  const env = { SUPABASE_JWT_SECRET: UNSET, SUPABASE_ANON_KEY: 'sb_publishable_of_this', SUPABASE_JWKS_URL: jwksUrl };
  const { url, errors } = await runOn(await ownDatabase(), project, { ...WARN, ...env });
  return { probe: probeOf(url), said: () => errors().join('\n') };
}

async function ownDatabase(): Promise<string> {
  const { url, drop } = await migratedDatabase();
  onTestFinished(drop);
  return url;
}

function as(databaseUrl: string, role: string, password = ''): string {
  const url = new URL(databaseUrl);
  Object.assign(url, { username: role, password });
  return url.href;
}

/** As PgBouncer: whoever asks for a setting at the start is refused, everybody else is let through. Returns its URL. */
async function settingsRefusingPooler(databaseUrl: string): Promise<string> {
  const behind = await startDatabaseProxy(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client.on('error', () => {}));
    client.once('data', (hello) => {
      if (hello.includes('statement_timeout')) return client.end(refusedSetting('statement_timeout'));
      const database = connect(Number(new URL(behind.url).port), '127.0.0.1');
      database.on('error', () => client.destroy()).write(hello);
      client.pipe(database).pipe(client);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await behind.close();
  });
  const url = new URL(behind.url);
  url.port = String((server.address() as AddressInfo).port);
  return url.href;
}

/** An ErrorResponse of the protocol of Postgres. */
function refusedSetting(name: string): Buffer {
  const fields = ['SFATAL', 'C08P01', `Munsupported startup parameter: ${name}`, ''].join('\0');
  const body = Buffer.from(`${fields}\0`);
  const head = Buffer.alloc(5, 'E');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
