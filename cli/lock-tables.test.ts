import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test, vi } from 'vitest';
import { everything, query } from '@/db/fixtures/whole-database';
import { migrateWithin, schemaVersions } from '@/db/migrate';
import { withConnection } from '@/db/postgres';
import { emptyDatabase } from '@/e2e/support/test-database';
import { runCommand } from './fixtures/run-replica';

vi.setConfig({ testTimeout: 120_000 });

test('lock-tables prints its plan and changes nothing without --yes, and migrates nothing with it either', async () => {
  const { url, drop } = await emptyDatabase();
  onTestFinished(drop);
  await withConnection(url, async (database) => {
    await database.transaction((tx) => migrateWithin(tx, schemaVersions()[2]));
    await database.execute(
      sql.raw('do $$ begin create role anon; exception when duplicate_object or unique_violation then null; end $$'),
    );
    await database.execute(sql.raw('grant select on orgs to anon'));
  });
  const lockTables = (...args: string[]) =>
    runCommand(['lock-tables', ...args], {
      PANDASTACK_AUTH_MODE: 'supabase',
      PANDASTACK_DASHBOARD_URL: 'http://localhost:3000',
      PANDASTACK_DATABASE_URL: url,
      PANDASTACK_LOG_LEVEL: 'silent',
      SUPABASE_URL: 'http://127.0.0.1:9',
      SUPABASE_ANON_KEY: 'sb_publishable_of_the_project',
    });
  const before = await everything(url);
  const planned = await lockTables();
  expect(planned).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('REVOKE ALL ON orgs FROM anon;') });
  expect(planned.stdout).toContain('Nothing was changed; --yes does it.');
  expect(await everything(url)).toEqual(before);
  expect(await query(url, "select has_table_privilege('anon', 'orgs', 'select') as may")).toEqual([{ may: true }]);

  expect((await lockTables('--yes')).stdout).toContain('Done.');
  expect(await query(url, "select has_table_privilege('anon', 'orgs', 'select') as may")).toEqual([{ may: false }]);
  expect(await query(url, 'select count(*)::int as n from drizzle.__drizzle_migrations')).toEqual([{ n: 3 }]);
  expect((await lockTables('--yes')).stdout).toContain('Nothing to do.');
});
