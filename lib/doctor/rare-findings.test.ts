import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'drizzle-orm';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { clickhouse } from '@/db/clickhouse';
import { closeDatabase, db, openDatabaseAt, withConnection } from '@/db/postgres';
import { lockFromBrowserRoles } from '@/e2e/support/browser-roles';
import { type ScriptedAuthServer, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { emptyDatabase, migratedDatabase } from '@/e2e/support/test-database';
import { setConfig } from '@/e2e/support/test-project';
import { testClickhouse } from '@/lib/audit/fixtures/audited-org';
import { openOperatorDoor } from '@/lib/audit/operator-door';
import { forgetForwarding, noteForwarding } from '@/lib/auth/forwarding';
import { acknowledgeRestores } from '@/lib/backup/acknowledge-restore';
import type { Environment } from '@/lib/config';
import { runDoctor } from './run-doctor';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>();
  return { ...real, statfs: vi.fn(real.statfs) };
});

const SETTINGS = { external: {}, mailer_autoconfirm: false, saml_enabled: false };
const DASHBOARD = 'http://dashboard.test';
let auth: ScriptedAuthServer;
let database: Awaited<ReturnType<typeof migratedDatabase>>;
let healthy: Environment;
beforeAll(testClickhouse);
beforeAll(async () => {
  auth = await startScriptedAuthServer();
});
afterAll(() => auth.close());
beforeEach(async () => {
  database = await migratedDatabase();
  await run(`with o as (insert into orgs (slug, name, owner_user_id) values ('default', 'Default', 'ada') returning id)
    insert into org_members (org_id, user_id, email, role) select id, 'ada', 'ada@example.com', 'owner' from o`);
  await lockFromBrowserRoles(database.url);
  tells({});
  healthy = {
    PANDASTACK_AUTH_MODE: 'supabase',
    PANDASTACK_DASHBOARD_URL: DASHBOARD,
    PANDASTACK_DATABASE_URL: database.url,
    PANDASTACK_DATA_DIR: '/nowhere/pandastack',
    SUPABASE_URL: auth.url,
    SUPABASE_ANON_KEY: 'sb_publishable_of_the_project',
  };
  return () => database.drop();
});

const run = (statements: string) => withConnection(database.url, (open) => open.execute(sql.raw(statements)));

/** Has the auth server tell these settings, and this time. */
function tells(settings: object, headers: Record<string, string> = {}): void {
  auth.answer(({ path }) => {
    if (path.includes('/verify')) return { status: 303, headers: { location: `${DASHBOARD}/auth/callback#error=x` } };
    if (path.startsWith('/rest/')) return { status: 404 };
    return { status: 200, body: { ...SETTINGS, ...settings, keys: [{ alg: 'ES256' }] }, headers };
  });
}

async function examine(changes: Environment = {}) {
  const { findings } = await runDoctor({ ...healthy, ...changes });
  return {
    wrong: findings.filter(({ status }) => status === 'fail' || status === 'warn').map(({ id }) => id),
    seen: (id: string) => findings.find((finding) => finding.id === id),
  };
}

test('nothing is wrong with what each test here begins with', async () => {
  expect((await examine()).wrong).toEqual([]);
});

describe('the auth server', () => {
  test.each([
    [-90, ['auth.clock']],
    [90, ['auth.clock']],
    [-5, []],
  ])('whose clock is %i seconds from ours', async (seconds, expected) => {
    tells({}, { date: new Date(Date.now() + seconds * 1000).toUTCString() });
    expect((await examine()).wrong).toEqual(expected);
  });

  test('B17 that lets providers of SAML vouch for addresses', async () => {
    tells({ saml_enabled: true });
    expect((await examine()).wrong).toEqual(['auth.saml']);
  });
});

describe('B12 the database', () => {
  test('of an old server', async () => {
    await run(`create function public.current_setting(text) returns text language sql as $$ select '130004' $$`);
    await run(`alter database ${new URL(database.url).pathname.slice(1)} set search_path = public, pg_catalog`);
    const { wrong, seen } = await examine();
    expect([wrong, seen('database')?.seen]).toEqual([['database'], 'Postgres 13']);
  });

  test('whose role may not make tables', async () => {
    const empty = await emptyDatabase();
    onTestFinished(empty.drop);
    await withConnection(empty.url, (open) =>
      open.execute(
        sql.raw(
          `do $$ begin create role may_not_create login; exception when duplicate_object or unique_violation then null; end $$`,
        ),
      ),
    );
    const url = new URL(empty.url);
    url.username = 'may_not_create';
    const { wrong, seen } = await examine({ PANDASTACK_DATABASE_URL: url.href });
    expect([wrong, seen('database.create')?.command]).toEqual([
      ['database.create'],
      `ALTER DATABASE ${url.pathname.slice(1)} OWNER TO may_not_create;`,
    ]);
  });

  test('on another machine, in plain text', async () => {
    const url = new URL(database.url);
    url.hostname = 'db.example.com';
    expect((await examine({ PANDASTACK_DATABASE_URL: url.href })).wrong).toEqual(['database.ssl']);
  });

  test('behind a transaction pooler', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pooler-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const url = new URL(database.url);
    symlinkSync(join(url.searchParams.get('host') ?? '', '.s.PGSQL.5432'), join(folder, '.s.PGSQL.6543'));
    url.searchParams.set('host', folder);
    url.hostname = 'localhost';
    url.port = '6543';
    expect((await examine({ PANDASTACK_DATABASE_URL: url.href })).wrong).toEqual(['database.pooler']);
  });

  test('B18 that a newer build has migrated', async () => {
    await run(
      `insert into drizzle.__drizzle_migrations (hash, created_at) select 'newer', max(created_at) + 1 from drizzle.__drizzle_migrations`,
    );
    expect((await examine()).wrong).toEqual(['database.schema']);
  });

  test('whose audit events do not leave', async () => {
    const waiting = (many: number) =>
      run(
        `insert into audit_outbox (id, org_id, payload) select gen_random_uuid(), gen_random_uuid(), '{}' from generate_series(1, ${many})`,
      );
    await waiting(1_000);
    expect((await examine()).wrong).toEqual([]);
    await waiting(1);
    expect((await examine()).wrong).toEqual(['audit.backlog']);
  });

  test('D29 that was restored, until an operator has looked or nobody would any more', async () => {
    const restored = (at: string) =>
      run(`insert into restores (backup_made_at, restored_at) values ('2026-01-01 10:00+00', ${at})`);
    await restored("now() - interval '31 days'");
    expect((await examine()).wrong).toEqual([]);
    await restored('now()');
    const { wrong, seen } = await examine();
    expect(wrong).toEqual(['database.restored']);
    expect(seen('database.restored')?.seen).toMatch(
      /^a backup of 2026-01-01T10:00:00Z was restored at \d{4}-\d\d-\d\dT[\d:]+Z: /,
    );
    expect(await withConnection(database.url, acknowledgeRestores)).toBe(2);
    expect((await examine()).wrong).toEqual([]);
  });
});

describe('B20 a data folder', () => {
  test.each([
    [1024 ** 3 - 1, ['data-folder']],
    [1024 ** 3, []],
  ])('with %i bytes free', async (free, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'folder-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    vi.mocked(fs.statfs).mockResolvedValueOnce({ bavail: free, bsize: 1 } as Awaited<ReturnType<typeof fs.statfs>>);
    expect((await examine({ PANDASTACK_DATA_DIR: folder })).wrong).toEqual(expected);
  });
});

test('a mail server that lets the service in', async () => {
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'] });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  const { wrong, seen } = await examine({ PANDASTACK_SMTP_URL: `smtp://127.0.0.1:${port}` });
  expect([wrong, seen('mail')?.status]).toEqual([[], 'ok']);
});

/** A ClickHouse server: chDB behind HTTP, but for the answers that are given here. */
async function clickhouseServer(instead: (query: string) => string | undefined): Promise<string> {
  const server = createServer(async (request, response) => {
    const query = await text(request);
    const told = instead(query);
    if (told !== undefined) return response.end(told);
    const { stream } = await (await clickhouse()).exec({ query });
    response.end(await text(stream));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('B14 a ClickHouse server', () => {
  const examineServer = async (instead: (query: string) => string | undefined) =>
    examine({ PANDASTACK_CLICKHOUSE_URL: await clickhouseServer(instead) });

  test('that is as it should be', async () => {
    const { wrong, seen } = await examineServer(() => undefined);
    expect(wrong).toEqual([]);
    const ids = ['clickhouse', 'clickhouse.rights', 'clickhouse.schema'];
    expect(ids.map((id) => seen(id)?.status)).toEqual(['ok', 'ok', 'ok']);
  });

  test('whose user may only read', async () => {
    const { wrong, seen } = await examineServer((query) => (/CHECK GRANT (?!SELECT)/.test(query) ? '0\n' : undefined));
    expect([wrong, seen('clickhouse.rights')?.command]).toEqual([
      ['clickhouse.rights'],
      'GRANT INSERT, ALTER, CREATE ON pandastack.* TO USER',
    ]);
  });

  test('too old to tell what its user may do', async () => {
    const { wrong, seen } = await examineServer((query) =>
      query.includes('CHECK GRANT') ? 'Code: 62. Syntax error' : undefined,
    );
    expect([wrong, seen('clickhouse.rights')?.status]).toEqual([[], 'skipped']);
  });

  test.each([
    ['999', 'warn'],
    ['1', 'skipped'],
  ])('whose tables are of version %s', async (version, status) => {
    const { seen } = await examineServer((query) => (query.includes('schema_migrations') ? version : undefined));
    expect(seen('clickhouse.schema')?.status).toBe(status);
  });
});

describe('what only the running process knows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pandastack-running-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    await openDatabaseAt(database.url);
    forgetForwarding();
    return async () => {
      forgetForwarding();
      await closeDatabase();
    };
  });

  test('B22 a proxy that is not believed is told by the server, and by the command through the door of the data folder', async () => {
    const builtIn: Environment = { PANDASTACK_DATABASE_URL: undefined, PANDASTACK_DATA_DIR: folder };
    const before = await examine(builtIn);
    expect(['database', 'clickhouse', 'proxies'].map((id) => before.seen(id)?.status)).toEqual(['skipped', 'skipped', 'skipped']);
    setConfig({ SUPABASE_URL: auth.url, SUPABASE_ANON_KEY: 'sb_publishable_x', PANDASTACK_DATA_DIR: folder });
    const close = await openOperatorDoor(folder);
    const asked = await examine(builtIn);
    expect(['database', 'clickhouse', 'clickhouse.schema', 'proxies'].map((id) => asked.seen(id)?.status)).toEqual(
      Array(4).fill('ok'),
    );
    noteForwarding('10.0.0.7', '203.0.113.9', 0);
    expect((await examine(builtIn)).wrong).toEqual(['proxies']);
    close();
    const { findings } = await runDoctor(healthy, db());
    expect(findings.filter(({ status }) => status === 'warn').map(({ id }) => id)).toEqual(['proxies']);
  });
});
