import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { clickhouse } from '@/db/clickhouse';
import { everything } from '@/db/fixtures/whole-database';
import { closeDatabase, db, openDatabaseAt, withConnection } from '@/db/postgres';
import { markServing } from '@/db/serving-lock';
import { emptyDatabase, migratedDatabase } from '@/e2e/support/test-database';
import { claimEvents } from '@/lib/audit/claim-events';
import { drainAuditOutbox } from '@/lib/audit/drain-audit-outbox';
import { foundOrg, record, testClickhouse } from '@/lib/audit/fixtures/audited-org';
import { verifyChain } from '@/lib/audit/verify-chain';
import { restoreBackup } from './restore-backup';
import { writeBackup } from './write-backup';

vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'pandastack-restored-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(testClickhouse);

let source: Awaited<ReturnType<typeof migratedDatabase>>;
let org: Awaited<ReturnType<typeof foundOrg>>;
let backups = 0;
/** A server of an hour: two events, a third on its way, the backup, and what came after it. */
let file: string;
beforeEach(async () => {
  source = await migratedDatabase();
  await openDatabaseAt(source.url);
  org = await foundOrg();
  await happen('before-1', 'before-2');
  await drainAuditOutbox();
  await happen('under-way');
  file = join(folder, `${++backups}.gz`);
  await withConnection(source.url, (database) => writeBackup(database, file));
  await happen('after-1', 'after-2');
  await drainAuditOutbox();
  return async () => {
    await closeDatabase();
    await source.drop();
  };
});

async function happen(...targets: string[]): Promise<void> {
  for (const target of targets) await record(org.orgId, org.actor, 'token.revoked', target);
}
const restoreInto = (url: string) =>
  withConnection(url, (database) => restoreBackup(database, file, { replace: url === source.url }));

/** What the log tells, in the order of its numbers. */
async function logged(): Promise<string[]> {
  const query = 'SELECT seq, target_id FROM pandastack.audit_log FINAL WHERE workspace_id = {org:String} ORDER BY seq';
  const answer = await (await clickhouse()).query({ query, query_params: { org: org.orgId }, format: 'JSONEachRow' });
  return (await answer.json<{ seq: string; target_id: string }>()).map((row) => `${row.seq} ${row.target_id}`);
}

const WHOLE = ['1 before-1', '2 before-2', '3 under-way', '4 after-1', '5 after-2'];

test('D29 after a restore in place of everything the chain is intact, knows the lost hour, and goes on behind it', async () => {
  await happen('unshipped');
  await restoreInto(source.url);
  expect(await verifyChain(org.orgId)).toMatchObject({ intact: true, break: null, verified: 5 });
  await happen('new');
  await drainAuditOutbox();
  expect(await logged()).toEqual([...WHOLE, '6 unshipped', '7 new']);
  expect(await verifyChain(org.orgId)).toMatchObject({ intact: true, verified: 7, head: { seq: 7 } });
});

test('D29 the same into an empty database, where only ClickHouse knows how the chain went on', async () => {
  const target = await emptyDatabase();
  await restoreInto(target.url);
  await closeDatabase();
  await openDatabaseAt(target.url);
  await happen('new');
  await drainAuditOutbox();
  expect(await logged()).toEqual([...WHOLE, '6 new']);
  expect(await verifyChain(org.orgId)).toMatchObject({ intact: true, verified: 6, head: { seq: 6 } });
  await closeDatabase();
  await target.drop();
  await openDatabaseAt(source.url);
});

test('audit verify right after a restore, before any server has started, says the same', async () => {
  const target = await emptyDatabase();
  await restoreInto(target.url);
  await closeDatabase();
  await openDatabaseAt(target.url);
  expect(await verifyChain(org.orgId)).toMatchObject({ intact: true, verified: 5, waiting: 0 });
  expect(await claimEvents(10)).toEqual([]);
  await closeDatabase();
  await target.drop();
  await openDatabaseAt(source.url);
});

test('a log that does not go on from the backup is not believed: the break is told', async () => {
  const target = await emptyDatabase();
  await restoreInto(target.url);
  await closeDatabase();
  await openDatabaseAt(target.url);
  await db().execute(sql`update audit_chains set hash = ${'0'.repeat(64)} where org_id = ${org.orgId}`);
  expect(await verifyChain(org.orgId)).toMatchObject({ intact: false });
  await closeDatabase();
  await target.drop();
  await openDatabaseAt(source.url);
});

test('while a server works on a database nothing is put in its place, and once it ends it is', async () => {
  const end = await markServing();
  const before = await everything(source.url);
  await expect(restoreInto(source.url)).rejects.toThrow('A server is running on this database');
  expect(await everything(source.url)).toEqual(before);
  await end();
  expect((await restoreInto(source.url)).rows).toBeGreaterThan(0);
});

test('a server that starts while a backup is being restored waits for its end', async () => {
  const { promise: restored, resolve: commit } = Promise.withResolvers<void>();
  const { promise: began, resolve: begin } = Promise.withResolvers<void>();
  const restoring = withConnection(source.url, async (database) => {
    await database.execute(sql`begin`);
    await database.execute(sql`select pg_advisory_xact_lock(727004)`);
    begin();
    await restored;
    await database.execute(sql`commit`);
  });
  await began;
  let serving = false;
  const marking = markServing().then((end) => {
    serving = true;
    return end;
  });
  await vi.waitFor(async () => {
    const asked = await db().execute(sql`select 1 from pg_stat_activity where query like '%pg_try_advisory_lock_shared%'
      and state = 'idle' and pid <> pg_backend_pid() and datname = current_database()`);
    expect(asked).toHaveLength(1);
  });
  expect(serving).toBe(false);
  commit();
  await restoring;
  await (await marking)();
  expect(serving).toBe(true);
});
