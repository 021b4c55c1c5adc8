import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { clickhouse, closeClickhouse, openClickhouseAt } from '@/db/clickhouse';
import { closeDatabase, migrateDatabaseAt, openDatabaseAt } from '@/db/postgres';
import { emptyDatabase } from '@/e2e/support/test-database';
import { drainAuditOutbox } from '@/lib/audit/drain-audit-outbox';
import { foundOrg, record } from '@/lib/audit/fixtures/audited-org';
import { openOperatorDoor } from '@/lib/audit/operator-door';
import { runCommand } from './fixtures/run-replica';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'pandastack-audit-cli-'));
let database: Awaited<ReturnType<typeof emptyDatabase>>;
beforeAll(async () => {
  database = await emptyDatabase();
  await migrateDatabaseAt(database.url);
  await openDatabaseAt(database.url);
  await openClickhouseAt({ folder: join(folder, 'clickhouse') });
});
afterAll(async () => {
  await closeClickhouse();
  await closeDatabase();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const verify = (...args: string[]) =>
  runCommand(['audit', 'verify', ...args], {
    PANDASTACK_AUTH_MODE: 'supabase',
    PANDASTACK_DASHBOARD_URL: 'http://localhost:3000',
    PANDASTACK_DATABASE_URL: database.url,
    PANDASTACK_DATA_DIR: folder,
    PANDASTACK_LOG_LEVEL: 'silent',
    SUPABASE_URL: 'http://127.0.0.1:9',
    SUPABASE_ANON_KEY: 'sb_publishable_of_the_project',
  });

test('audit verify checks every chain beside a running server and without one, names the first break and ends with 1', async () => {
  const { orgId, actor } = await foundOrg();
  for (const name of ['a', 'b', 'c']) await record(orgId, actor, 'token.created', name);
  await drainAuditOutbox();
  const closeDoor = await openOperatorDoor(folder);
  const beside = await verify();
  expect([beside.code, beside.stderr]).toEqual([0, '']);
  expect(beside.stdout).toContain(`${orgId}  intact: 3 events`);

  const query = `ALTER TABLE pandastack.audit_log DELETE WHERE workspace_id = '${orgId}' AND seq = 2 SETTINGS mutations_sync = 2`;
  await (await clickhouse()).command({ query });
  closeDoor();
  await closeClickhouse();
  const alone = await verify('--org', `org-${actor.userId}`);
  expect([alone.code, alone.stdout]).toEqual([1, expect.stringContaining('BROKEN at event 2: an event is gone (missing)')]);
  const machine = await verify('--org', orgId, '--json');
  expect([machine.code, JSON.parse(machine.stdout)]).toMatchObject([
    1,
    { org_id: orgId, intact: false, head: { seq: 3 }, break: { kind: 'missing', seq: 2 } },
  ]);
  const unknown = await verify('--org', 'nobody');
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('There is no organization "nobody"')]);
});
