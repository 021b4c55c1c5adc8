import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { everything, query } from '@/db/fixtures/whole-database';
import { migrateWithin, schemaVersions } from '@/db/migrate';
import { type Database, withConnection } from '@/db/postgres';
import { emptyDatabase, migratedDatabase } from '@/e2e/support/test-database';
import { fillEveryTable } from './fixtures/filled-database';
import { restoreBackup } from './restore-backup';
import { backedUpTables } from './tables';
import { writeBackup } from './write-backup';

vi.setConfig({ testTimeout: 30_000 });

const folder = mkdtempSync(join(tmpdir(), 'pandastack-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let dropAll: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const drop of dropAll.splice(0)) await drop();
});
async function fresh(make: typeof emptyDatabase): Promise<string> {
  const { url, drop } = await make();
  dropAll.push(drop);
  return url;
}
const newFile = () => join(folder, `${randomUUID()}.gz`);
const backup = (url: string, file: string) => withConnection(url, (database) => writeBackup(database, file));
const restore = (url: string, file: string, replace = false) =>
  withConnection(url, (database) => restoreBackup(database, file, { replace }));

/** A database with something in every table, and its backup. */
let source: string;
let file: string;
beforeAll(() => {
  dropAll = [];
});
beforeEach(async () => {
  source = await fresh(migratedDatabase);
  await withConnection(source, fillEveryTable);
  file = newFile();
  await backup(source, file);
});

/** Everything in a database but what it is called. */
async function withoutItsName(url: string): Promise<unknown> {
  const [name] = await query(url, 'select current_database() as name');
  return JSON.parse(JSON.stringify(await everything(url)).replaceAll(String(name?.name), 'name'));
}

test('every table of the schema is in it, with rows, and the file is for its owner alone', async () => {
  const tables = await query(source, `select tablename as name from pg_tables where schemaname = 'public'`);
  expect(backedUpTables().toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
  const ends = gunzipSync(readFileSync(file))
    .toString()
    .split('\n')
    .filter((line) => line.includes('"sha256"'));
  const counts = ends.map((line) => JSON.parse(line)).map(({ table, rows }) => [table, rows > 0]);
  expect(counts.toSorted()).toEqual(tables.map(({ name }) => [name, true]).toSorted());
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
});

test.each([
  ['a database nobody has touched', emptyDatabase],
  ['the tables of a server that was started once', migratedDatabase],
])('it comes back whole into %s: every value, rule, index and trigger', async (_, make) => {
  const target = await fresh(make);
  const report = await restore(target, file);
  const marks =
    "delete from restores where backup_made_at = (select max(backup_made_at) from restores where restored_at <> 'infinity')";
  expect(await query(target, `${marks} returning acknowledged_at`)).toEqual([{ acknowledged_at: null }]);
  // What the next sealer asks ClickHouse about.
  expect(await query(target, 'select 1 from audit_chains where not restored')).toEqual([]);
  for (const url of [source, target]) await query(url, 'update audit_chains set restored = false');
  expect(await withoutItsName(target)).toEqual(await withoutItsName(source));
  expect(report.tables).toBe(backedUpTables().length);
  // The next row must not meet one that was restored.
  await query(target, 'delete from boot_events where id = 9223372036854775807');
  await query(target, "select setval('boot_events_id_seq', 5)");
  await query(target, "insert into boot_events (sandbox_id) values ('next')");
});

test('sequences go on where they were', async () => {
  const url = await fresh(migratedDatabase);
  await query(url, "insert into boot_events (sandbox_id) values ('a'), ('b'), ('c')");
  await backup(url, `${file}.2`);
  const target = await fresh(emptyDatabase);
  await restore(target, `${file}.2`);
  expect(await query(target, "insert into boot_events (sandbox_id) values ('d') returning id::int")).toEqual([{ id: 4 }]);
});

test('it is of one moment: what is committed while it is written is wholly in it or wholly not', async () => {
  const url = await fresh(migratedDatabase);
  let stop = false;
  const writing = withConnection(url, async (database: Database) => {
    for (let n = 0; !stop && n < 2_000; n++) {
      await database.execute(sql`with o as (insert into orgs (slug, name, owner_user_id) values (${`org-${n}`}, 'Org', 'u') returning id)
        insert into org_members (org_id, user_id, role) select id, 'u', 'owner' from o`);
    }
  });
  await vi.waitFor(async () => expect(await query(url, 'select 1 from orgs limit 1')).toHaveLength(1));
  for (let round = 0; round < 3; round++) {
    const [written, target] = [newFile(), await fresh(emptyDatabase)];
    await backup(url, written);
    await restore(target, written);
    expect(
      await query(
        target,
        'select count(*)::int as n from orgs o where not exists (select from org_members m where m.org_id = o.id)',
      ),
    ).toEqual([{ n: 0 }]);
  }
  stop = true;
  await writing;
});

test('a backup of an older build is migrated after, and one of a newer build is refused', async () => {
  const versions = schemaVersions();
  const old = await fresh(emptyDatabase);
  await withConnection(old, (database) => database.transaction((tx) => migrateWithin(tx, versions[4])));
  await query(old, "insert into orgs (slug, name, owner_user_id) values ('acme', 'Acme', 'u')");
  await backup(old, `${file}.old`);
  const target = await fresh(emptyDatabase);
  await restore(target, `${file}.old`);
  expect(await query(target, 'select slug, default_invite_role from orgs')).toEqual([
    { slug: 'acme', default_invite_role: 'member' },
  ]);
  const count = await query(target, 'select count(*)::int as n from drizzle.__drizzle_migrations');
  expect(count).toEqual([{ n: versions.length }]);
  await expect(restore(await fresh(migratedDatabase), `${file}.old`)).rejects.toThrow('of another version');
  const newer = rewritten((text) => text.replace(/"schema":\d+/, '"schema":9999999999999'));
  await expect(restore(await fresh(emptyDatabase), newer)).rejects.toThrow('does not know');
});

/** The backup with its text changed. */
function rewritten(change: (text: string) => string): string {
  const changed = newFile();
  writeFileSync(changed, gzipSync(Buffer.from(change(gunzipSync(readFileSync(file)).toString('latin1')), 'latin1')));
  return changed;
}

describe('what is not a whole backup changes nothing:', () => {
  test.each<[string, () => string, string]>([
    ['a changed value', () => rewritten((text) => text.replace('"role": "member"', '"role": "mEmber"')), 'refuses the rows'],
    [
      'a lost row',
      () => rewritten((text) => text.replace(/(\{"table":"workspaces".*\n).*\n/, '$1')),
      'not those that were written',
    ],
    [
      'a lost table',
      () => rewritten((text) => text.replace(/\{"table":"workspaces","columns"[\s\S]*?"sha256".*\n/, '')),
      'tables are missing',
    ],
    [
      'a table twice',
      () => rewritten((text) => text.replace(/(\{"table":"workspaces","columns"[\s\S]*?"sha256".*\n)/, '$1$1')),
      'is in it twice',
    ],
    [
      'a table of somebody else',
      () => rewritten((text) => text.replace('"table":"workspaces","columns"', '"table":"pg_authid","columns"')),
      'pg_authid',
    ],
    ['a column that is not here', () => rewritten((text) => text.replace('"max_sandboxes"', '"max_pandas"')), 'max_pandas'],
    ['no end', () => rewritten((text) => text.replace(/\{"end".*\n/, '')), 'ends too early'],
    ['an end within a line', () => rewritten((text) => text.slice(0, -5)), 'within a line'],
    ['an end within a table', () => rewritten((text) => text.slice(0, text.indexOf('---\n'))), 'within a table'],
    [
      'half of it',
      () => {
        const half = newFile();
        writeFileSync(half, readFileSync(file).subarray(0, 900));
        return half;
      },
      'cut off',
    ],
    [
      'another file',
      () => {
        const other = newFile();
        writeFileSync(other, 'hello');
        return other;
      },
      'no gzip',
    ],
  ])('%s', async (_, damage, words) => {
    const target = await fresh(migratedDatabase);
    await query(target, "insert into orgs (slug, name, owner_user_id) values ('kept', 'Kept', 'u')");
    const before = await everything(target);
    await expect(restore(target, damage(), true)).rejects.toThrow(words);
    expect(await everything(target)).toEqual(before);
  });
});

test('a database in use is replaced only when that is asked for, and then what comes back to life is named (D29)', async () => {
  const url = await fresh(migratedDatabase);
  await query(
    url,
    "insert into orgs (id, slug, name, owner_user_id) values ('00000000-0000-4000-8000-00000000000a', 'acme', 'Acme', 'u')",
  );
  await query(
    url,
    `insert into org_members (org_id, user_id, email, role) values ('00000000-0000-4000-8000-00000000000a', 'u', 'ada@example.com', 'owner'),
    ('00000000-0000-4000-8000-00000000000a', 'left', 'left@example.com', 'admin')`,
  );
  await query(
    url,
    `insert into api_tokens (token_hash, prefix, workspace_id, label, org_id) values
    ('h1', 'pds_stays000', 'acme', 'stays', '00000000-0000-4000-8000-00000000000a'), ('h2', 'pds_ended000', 'acme', 'ended', '00000000-0000-4000-8000-00000000000a')`,
  );
  const earlier = newFile();
  await backup(url, earlier);
  await query(url, "update api_tokens set revoked_at = now() where token_hash = 'h2'");
  await query(url, "delete from org_members where user_id = 'left'");
  const later = await everything(url);
  await expect(restore(url, earlier)).rejects.toThrow('in use');
  expect(await everything(url)).toEqual(later);
  expect((await restore(url, earlier, true)).revived).toEqual({
    tokens: ['pds_ended000… ended of acme'],
    members: ['left@example.com as admin of acme'],
    invites: [],
  });
});

test('a file that is there is never written over, and an empty database has nothing to back up', async () => {
  const before = readFileSync(file);
  await expect(backup(source, file)).rejects.toThrow('is there already');
  expect(readFileSync(file).equals(before)).toBe(true);
  const none = newFile();
  await expect(backup(await fresh(emptyDatabase), none)).rejects.toThrow('nothing of PandaStack');
  expect(readdirSync(folder).some((name) => none.endsWith(name) || name === `${basename(none)}.partial`)).toBe(false);
});
