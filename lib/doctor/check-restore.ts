import { sql } from 'drizzle-orm';
import type { Database } from '@/db/postgres';
import { type Finding, fine, trouble } from './finding';
import { readRows } from './lock-tables';

/** Whoever has not acted by then will not, and a warning that stays for ever is no longer read. */
const TOLD_FOR_DAYS = 30;

/** D29: what was ended between a backup and its restore is live again, until an operator says that they looked. */
export async function checkRestore(database: Database): Promise<Finding> {
  const nothing = fine('database.restored', 'no backup was restored that nobody has looked through');
  const [table] = await readRows(database, sql`select to_regclass('restores') is not null as there`);
  if (table?.there !== true) return nothing;
  const [restore] = await readRows(
    database,
    sql`select to_char(backup_made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as made,
      to_char(restored_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as restored from restores
      where acknowledged_at is null and restored_at > now() - make_interval(days => ${TOLD_FOR_DAYS})
      order by restored_at desc limit 1`,
  );
  if (!restore) return nothing;
  return trouble('database.restored', 'warn', {
    seen: `a backup of ${restore.made} was restored at ${restore.restored}: API tokens revoked and members removed in between are back`,
    expected: 'somebody who has ended again what must not be',
    fix: 'Follow the runbook in docs/backup.md, then say so; after 30 days this is no longer told',
    command: 'pandastack restore --acknowledge',
  });
}
