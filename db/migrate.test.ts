import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import journal from '@/drizzle/meta/_journal.json';
import { emptyDatabase } from '@/e2e/support/test-database';
import { OLD_INVITE_SECRET, OLD_ROWS, OLD_TABLES } from './fixtures/older-pandastack';
import { everything, expectSchema, query, rowCounts } from './fixtures/whole-database';
import { migrate } from './migrate';
import { migrateDatabaseAt, withConnection } from './postgres';

const MIGRATIONS = journal.entries.length;
const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

test('an empty database becomes what the schema describes', async () => {
  const url = await fresh();
  expect(await migrateDatabaseAt(url)).toBe(MIGRATIONS);
  await expectSchema(url);
  expect(await query(url, 'select * from network_state')).toEqual([{ id: '1', next_subnet: '0', next_vsock_cid: '3' }]);
});

test('a database of an older PandaStack becomes the same and keeps every row', async () => {
  const url = await adopted();
  const before = await rowCounts(url);
  expect(await migrateDatabaseAt(url)).toBe(MIGRATIONS);
  await expectSchema(url);
  expect(await rowCounts(url)).toMatchObject(before);
  expect(await query(url, 'select * from network_state')).toEqual([{ id: '1', next_subnet: '7', next_vsock_cid: '9' }]);
});

test('an invitation link sent by an older PandaStack still finds its invite, and its secret is kept nowhere', async () => {
  const url = await adopted();
  await migrateDatabaseAt(url);
  const hashes = (await query(url, 'select token_hash from org_invites')).map((row) => row.token_hash);
  const secrets = [OLD_INVITE_SECRET, 'older-duplicate', 'newer-but-expired', 'accepted', 'back\\slash \\x41 ü'];
  expect(hashes.sort()).toEqual(secrets.map(sha256).sort());
});

test('of several open invites for one address the lasting, newest one stays open', async () => {
  const url = await adopted();
  await migrateDatabaseAt(url);
  const open = await query(
    url,
    `select token_hash from org_invites where accepted_at is null and revoked_at is null order by org_id`,
  );
  expect(open.map((row) => row.token_hash)).toEqual([sha256(OLD_INVITE_SECRET), sha256('back\\slash \\x41 ü')]);
});

test('an adopted API token belongs to the org its slug named; one without such an org opens nothing', async () => {
  const url = await adopted();
  await migrateDatabaseAt(url);
  expect(await query(url, 'select prefix, org_id, role, created_by, label from api_tokens order by token_hash')).toEqual([
    { prefix: 'pds_acme', org_id: '00000000-0000-4000-8000-00000000000a', role: 'member', created_by: null, label: 'ci' },
    { prefix: 'pds_none', org_id: null, role: 'member', created_by: null, label: '' },
    { prefix: '', org_id: '00000000-0000-4000-8000-00000000000b', role: 'member', created_by: null, label: '' },
  ]);
});

test('agents know an adopted org by its slug, except by the slugs that would open everything to it', async () => {
  const url = await adopted();
  await migrateDatabaseAt(url);
  await query(url, `insert into orgs (slug, name, owner_user_id) values ('later', 'Later', 'u9')`);
  expect(await query(url, 'select slug, legacy_tenant_key from orgs order by slug')).toEqual([
    { slug: 'acme', legacy_tenant_key: 'acme' },
    { slug: 'admin', legacy_tenant_key: null },
    { slug: 'default', legacy_tenant_key: null },
    { slug: 'later', legacy_tenant_key: null },
  ]);
});

test.each(['empty', 'adopted'])(
  'a second run changes nothing in an %s database, not even when the record of the first is lost',
  async (kind) => {
    const url = kind === 'empty' ? await fresh() : await adopted();
    await migrateDatabaseAt(url);
    await query(url, `insert into orgs (slug, name, owner_user_id) values ('no-such-org', 'Later', 'u9')`);
    const before = await everything(url);
    expect(await migrateDatabaseAt(url)).toBe(0);
    expect(await everything(url)).toEqual(before);
    await query(url, 'drop schema drizzle cascade');
    expect(await migrateDatabaseAt(url)).toBe(MIGRATIONS);
    expect(await everything(url)).toEqual(before);
  },
);

test.each(['empty', 'adopted'])(
  'eight replicas that start at once on an %s database all succeed and migrate once',
  async (kind) => {
    const url = kind === 'empty' ? await fresh() : await adopted();
    const applied = await Promise.all(Array.from({ length: 8 }, () => migrateDatabaseAt(url)));
    expect(applied.sort()).toEqual([0, 0, 0, 0, 0, 0, 0, MIGRATIONS]);
    expect(await query(url, 'select id from drizzle.__drizzle_migrations')).toHaveLength(MIGRATIONS);
  },
);

test('B18 P08 a database that a newer build has migrated is refused and left alone', async () => {
  const url = await fresh();
  await migrateDatabaseAt(url);
  await query(
    url,
    `insert into drizzle.__drizzle_migrations (hash, created_at) select 'newer', max(created_at) + 1 from drizzle.__drizzle_migrations`,
  );
  await expect(migrateDatabaseAt(url)).rejects.toThrow(/newer build/);
});

test('P06 a migration that fails leaves nothing half done', async () => {
  const url = await fresh();
  const folder = copyOfMigrations();
  const file = join(folder, '0001_control_plane_columns.sql');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n--> statement-breakpoint\nselect 1/0;`);
  await expect(withConnection(url, (database) => migrate(database, folder))).rejects.toThrow();
  expect(await query(url, `select to_regclass('orgs') as orgs, to_regclass('drizzle.__drizzle_migrations') as record`)).toEqual([
    { orgs: null, record: null },
  ]);
});

test('a role that may not create tables is told so', async () => {
  const url = await fresh();
  const role = `weak_${Date.now()}`;
  await query(url, `create role ${role} login`);
  cleanups.unshift(() => query(url, `drop role ${role}`).then(() => {}));
  await expect(migrateDatabaseAt(url.replace('//panda@', `//${role}@`))).rejects.toThrow(/may not create or alter tables/);
});

test("a Supabase project's public roles see none of the tables", async () => {
  const url = await fresh();
  await query(
    url,
    `do $$ begin if not exists (select from pg_roles where rolname = 'anon') then create role anon; end if; end $$`,
  );
  await query(url, 'alter default privileges in schema public grant all on tables to anon');
  await migrateDatabaseAt(url);
  expect(
    await query(
      url,
      `select table_name from information_schema.role_table_grants where grantee = 'anon' and table_schema = 'public'`,
    ),
  ).toEqual([]);
});

test('everything in the schema files has its migration: drizzle-kit would generate nothing', () => {
  const out = relative('.', copyOfMigrations());
  const args = ['generate', '--dialect', 'postgresql', '--schema', './db/schema/index.ts', '--out', out];
  const said = execFileSync('node_modules/.bin/drizzle-kit', args, { encoding: 'utf8' });
  expect(said).toContain('No schema changes');
});

async function fresh(): Promise<string> {
  const { url, drop } = await emptyDatabase();
  cleanups.push(drop);
  return url;
}

async function adopted(): Promise<string> {
  const url = await fresh();
  await query(url, [...OLD_TABLES, ...OLD_ROWS].join(';'));
  return url;
}

function copyOfMigrations(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pandastack-migrations-'));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  cpSync('drizzle', folder, { recursive: true });
  return folder;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
