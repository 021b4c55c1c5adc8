import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { withConnection } from '@/db/postgres';
import type { AuthServer } from '@/dev/auth-server/start-auth-server';
import { startForTest } from '@/dev/auth-server/testing/start-for-test';
import { lockFromBrowserRoles } from '@/e2e/support/browser-roles';
import { startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { emptyDatabase, migratedDatabase } from '@/e2e/support/test-database';
import type { Environment } from '@/lib/config';
import { lockTables, planLock } from './lock-tables';
import { runDoctor } from './run-doctor';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SECRET = 'a-secret-of-the-tests-that-nobody-else-knows-at-all';
const USER = '6f1f3f0e-8b0a-4f7e-9a51-0d6b0f1f7c11';
const HEALTHY_ROWS = `
  insert into orgs (slug, name, owner_user_id) values ('default', 'Default', '${USER}');
  insert into org_members (org_id, user_id, email, role) select id, '${USER}', 'ada@example.com', 'owner' from orgs;
  insert into user_current_org (user_id, org_id) select '${USER}', id from orgs;`;

let auth: AuthServer;
let loose: AuthServer;
let healthy: Environment;
let database: Awaited<ReturnType<typeof migratedDatabase>>;

beforeAll(async () => {
  auth = await startForTest({ jwtSecret: SECRET, redirectUrls: ['http://dashboard.test/auth/callback'] });
  loose = await startForTest({
    jwtSecret: SECRET,
    redirectUrls: ['http://dashboard.test/**'],
    autoconfirm: true,
    anonymousUsers: true,
  });
});
afterAll(async () => {
  await auth.close();
  await loose.close();
});
beforeEach(async () => {
  database = await migratedDatabase();
  await run(HEALTHY_ROWS);
  await lockFromBrowserRoles(database.url);
  healthy = {
    PANDASTACK_AUTH_MODE: 'supabase',
    PANDASTACK_DASHBOARD_URL: 'http://dashboard.test',
    PANDASTACK_DATABASE_URL: database.url,
    PANDASTACK_DATA_DIR: '/nowhere/pandastack',
    SUPABASE_URL: auth.url,
    SUPABASE_ANON_KEY: auth.anonKey,
    SUPABASE_JWT_SECRET: SECRET,
  };
  return () => database.drop();
});

const run = (statements: string) => withConnection(database.url, (db) => db.execute(sql.raw(statements)));

/** Ids of what is wrong. */
async function diagnose(changes: Environment): Promise<string[]> {
  const { findings } = await runDoctor({ ...healthy, ...changes });
  return findings.filter(({ status }) => status === 'fail' || status === 'warn').map(({ id }) => id);
}

const key = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
const JWT_SECRET = 'config.SUPABASE_JWT_SECRET';

describe('a configuration is named by what is wrong with it, and by nothing else', () => {
  test.each<[string, Environment, string[]]>([
    ['a secret of another project', { SUPABASE_JWT_SECRET: 'another-secret-that-did-not-sign-the-anon-key' }, [JWT_SECRET]],
    ['the sample secret', { SUPABASE_JWT_SECRET: 'your-super-secret-jwt-token-with-at-least-32-characters-long' }, [JWT_SECRET]],
    ['the secret of the CLI', { SUPABASE_JWT_SECRET: 'super-secret-jwt-token-with-at-least-32-characters-long' }, [JWT_SECRET]],
    ['a short secret', { SUPABASE_JWT_SECRET: 'short' }, [JWT_SECRET, 'auth.keys']],
    ['an unknown name', { PANDASTACK_SIGNUPS: 'open' }, ['config.unknown.PANDASTACK_SIGNUPS']],
    ['a name of nothing', { PANDASTACK_WARP_DRIVE: '1' }, ['config.unknown.PANDASTACK_WARP_DRIVE']],
    ['a service key as anon key', { SUPABASE_ANON_KEY: 'sb_secret_x' }, ['config.SUPABASE_ANON_KEY', 'auth.anon-key']],
    ['the anon key as service key', { SUPABASE_SERVICE_ROLE_KEY: key({ role: 'anon' }) }, ['config.SUPABASE_SERVICE_ROLE_KEY']],
    ['an empty service key', { SUPABASE_SERVICE_ROLE_KEY: '' }, ['config.SUPABASE_SERVICE_ROLE_KEY']],
    ['a placeholder', { SUPABASE_SERVICE_ROLE_KEY: 'YOUR_PRIVATE_SERVICE_ROLE_KEY' }, ['config.SUPABASE_SERVICE_ROLE_KEY']],
    ['a secret for browsers', { NEXT_PUBLIC_SUPABASE_SERVICE_ROLE_KEY: 'x' }, ['config.NEXT_PUBLIC_SUPABASE_SERVICE_ROLE_KEY']],
    ['two modes', { NEXT_PUBLIC_PANDASTACK_AUTH_MODE: 'stub' }, ['config.NEXT_PUBLIC_PANDASTACK_AUTH_MODE']],
    [
      'another project in the dashboard',
      { NEXT_PUBLIC_SUPABASE_ANON_KEY: 'sb_publishable_x' },
      ['config.differs.NEXT_PUBLIC_SUPABASE_ANON_KEY'],
    ],
    ['no dashboard URL of the web', { PANDASTACK_DASHBOARD_URL: 'dashboard' }, ['config.PANDASTACK_DASHBOARD_URL']],
    ['domains without names', { PANDASTACK_SIGNUP: 'domains' }, ['config.PANDASTACK_SIGNUP_DOMAINS']],
    ['a wrong sign-up', { PANDASTACK_SIGNUP: 'sometimes' }, ['config.PANDASTACK_SIGNUP']],
    ['a wrong issuer', { SUPABASE_ISSUER: 'nobody' }, ['config.SUPABASE_ISSUER']],
    ['no issuer', { SUPABASE_ISSUER: 'none' }, ['auth.issuer']],
    ['no key set at its place', { SUPABASE_JWKS_URL: 'http://127.0.0.1:9/keys' }, ['auth.keys']],
    ['no secret and no keys', { SUPABASE_JWT_SECRET: undefined }, ['auth.keys']],
    ['an auth server that is away', { SUPABASE_URL: 'http://127.0.0.1:9' }, ['auth.reachable']],
    ['B16 a redirect that is not allowed', { PANDASTACK_DASHBOARD_URL: 'http://other.test' }, ['auth.redirect']],
    ['a database that is away', { PANDASTACK_DATABASE_URL: 'postgres://pandastack:hunter2@127.0.0.1:9/x' }, ['database']],
    ['a database of another kind', { PANDASTACK_DATABASE_URL: 'mysql://x' }, ['config.PANDASTACK_DATABASE_URL']],
    ['a ClickHouse that is away', { PANDASTACK_CLICKHOUSE_URL: 'http://127.0.0.1:9' }, ['clickhouse']],
    ['a mail server that is away', { PANDASTACK_SMTP_URL: 'smtp://127.0.0.1:9' }, ['mail']],
    ['a mail server of no kind', { PANDASTACK_SMTP_URL: 'mail.test' }, ['config.PANDASTACK_SMTP_URL']],
    ['no mode', { PANDASTACK_AUTH_MODE: undefined }, ['config.PANDASTACK_AUTH_MODE']],
    ['stub mode beside a project', { PANDASTACK_AUTH_MODE: 'stub', PANDASTACK_DASHBOARD_URL: undefined }, ['mode.stub']],
    ['proxies in words', { PANDASTACK_TRUSTED_PROXIES: 'two' }, ['config.PANDASTACK_TRUSTED_PROXIES']],
  ])('%s', async (_, changes, expected) => {
    expect((await diagnose(changes)).sort()).toEqual(expected.sort());
  });
});

describe('rows are named by what is wrong with them, and by nothing else', () => {
  test('B12 row level security forced upon the service', async () => {
    await run('create role bound_owner login; alter table orgs owner to bound_owner; alter table orgs force row level security');
    const url = new URL(database.url);
    url.username = 'bound_owner';
    await run('grant select on all tables in schema public to bound_owner');
    expect(await diagnose({ PANDASTACK_DATABASE_URL: url.href })).toContain('database.rls');
  });

  const stub = '00000000-0000-0000-0000-000000000001';
  test.each<[string, string, string[]]>([
    ['nobody was seeded', 'delete from orgs', ['orgs.none']],
    [
      'an org without an owner',
      "alter table org_members disable trigger all; update org_members set role = 'member'",
      ['orgs.owner'],
    ],
    [
      'an address instead of a user id',
      "insert into org_members (org_id, user_id, role) select id, 'bo@example.com', 'member' from orgs",
      ['members.email-as-id'],
    ],
    [
      'a choice without membership',
      `insert into user_current_org (user_id, org_id) select '${stub}', id from orgs`,
      ['members.current-org'],
    ],
    [
      'S08 rows of stub mode',
      `insert into org_members (org_id, user_id, role) select id, '${stub}', 'member' from orgs`,
      ['stub-rows'],
    ],
    ['no table of invites', 'drop table org_invites cascade', ['invites.table']],
  ])('%s', async (_, statements, expected) => {
    await run(statements);
    expect(await diagnose({})).toEqual(expected);
  });
});

test('B24 a healthy installation has nothing to act on', async () => {
  const { usable, findings } = await runDoctor(healthy);
  expect(usable).toBe(true);
  expect(findings.map(({ id, status }) => `${id} ${status}`)).toMatchInlineSnapshot(`
    [
      "config ok",
      "auth.reachable ok",
      "auth.clock ok",
      "auth.auto-confirm ok",
      "auth.anonymous ok",
      "auth.saml ok",
      "auth.keys ok",
      "auth.issuer ok",
      "auth.redirect ok",
      "data-api ok",
      "database ok",
      "database.schema ok",
      "invites.table ok",
      "database.exposed ok",
      "stub-rows ok",
      "orgs ok",
      "audit.backlog ok",
      "database.restored ok",
      "clickhouse skipped",
      "proxies skipped",
      "mail skipped",
      "data-folder skipped",
    ]
  `);
});

test('B17 a project that proves no address and knows anonymous people is a warning', async () => {
  const changes = { SUPABASE_URL: loose.url, SUPABASE_ANON_KEY: loose.anonKey };
  expect(await diagnose(changes)).toEqual(['auth.auto-confirm', 'auth.anonymous']);
});

test('the key of another project is refused by the auth server', async () => {
  const scripted = await startScriptedAuthServer();
  scripted.answer(() => ({ status: 401, body: {} }));
  expect(await diagnose({ SUPABASE_URL: scripted.url })).toEqual(['auth.anon-key']);
  await scripted.close();
});

test('an anon key that reads our tables, and an issuer of another project, are told by the project itself', async () => {
  const scripted = await startScriptedAuthServer();
  scripted.answer(({ path }) => {
    if (path.startsWith('/rest/')) return { status: 200, body: [] };
    return { status: 200, body: { keys: [{ alg: 'ES256' }], issuer: 'http://staging.test/auth/v1' } };
  });
  expect((await diagnose({ SUPABASE_URL: scripted.url })).sort()).toEqual(['auth.issuer', 'data-api']);
  await scripted.close();
});

test('a database nobody has started on is not broken', async () => {
  const empty = await emptyDatabase();
  expect(await diagnose({ PANDASTACK_DATABASE_URL: empty.url })).toEqual([]);
  await empty.drop();
});

test('no secret is in the report', async () => {
  const report = JSON.stringify(
    await runDoctor({ ...healthy, PANDASTACK_DATABASE_URL: 'postgres://p:hunter2hunter2@127.0.0.1:9/x' }),
  );
  for (const secret of [SECRET, auth.anonKey, 'hunter2hunter2']) expect(report).not.toContain(secret);
});

test('lock-tables takes what the browser roles were given, once, and the owner works on', async () => {
  await run(
    `alter table orgs disable row level security; grant select on orgs to anon, service_role; grant all on org_members to authenticated`,
  );
  expect(await diagnose({})).toEqual(['database.exposed']);
  await withConnection(database.url, async (db) => {
    const plan = await lockTables(db);
    expect(plan).toEqual([
      'REVOKE ALL ON org_members FROM authenticated',
      'REVOKE ALL ON orgs FROM anon',
      'ALTER TABLE orgs ENABLE ROW LEVEL SECURITY',
    ]);
    expect(await planLock(db)).toEqual([]);
    expect([...(await db.execute(sql`select slug from orgs`))]).toEqual([{ slug: 'default' }]);
    await expect(
      db.transaction(async (tx) => {
        await tx.execute(sql`set local role anon`);
        await tx.execute(sql`select * from orgs`);
      }),
    ).rejects.toThrow();
    await db.transaction(async (tx) => {
      await tx.execute(sql`set local role service_role`);
      expect([...(await tx.execute(sql`select slug from orgs`))]).toHaveLength(1);
    });
  });
});
