import { sql } from 'drizzle-orm';
import type { Database } from '@/db/postgres';
import { columnsByTable, quotedList } from './tables';

// What was recorded did happen, whatever a restore undoes: the log in ClickHouse is not set back, so neither is what Postgres knows of it.

const OF_A_HEAD = sql.raw('org_id, seq, hash, last_at, started_at');

/** Sets aside, for this transaction, the heads of the audit chains and the events on their way. Returns what puts them back. */
export async function keepAuditTrail(database: Database): Promise<() => Promise<void>> {
  const known = await columnsByTable(database);
  const outbox = known.get('audit_outbox');
  if (!known.has('audit_chains') || !outbox) return () => markRestored(database);
  await database.execute(sql`create temporary table kept_chains on commit drop as select ${OF_A_HEAD} from audit_chains`);
  await database.execute(sql`create temporary table kept_events on commit drop as select * from audit_outbox`);
  return async () => {
    await markRestored(database);
    await putBack(database, sql.raw(quotedList(outbox)));
  };
}

/** The backup's heads may lie behind the log: whoever seals next asks ClickHouse where each chain goes on. */
async function markRestored(database: Database): Promise<void> {
  await database.execute(sql`update audit_chains set restored = true`);
}

/** A head that was further on is the chain's, and needs nobody's word; of its org the backup's events have long arrived. */
async function putBack(database: Database, columns: ReturnType<typeof sql>): Promise<void> {
  await database.execute(sql`
    insert into audit_chains as c (${OF_A_HEAD}) select ${OF_A_HEAD} from kept_chains
    on conflict (org_id) do update set seq = excluded.seq, hash = excluded.hash, last_at = excluded.last_at, restored = false,
      started_at = least(c.started_at, excluded.started_at)
    where excluded.seq >= c.seq and excluded.seq > 0`);
  await database.execute(
    sql`delete from audit_outbox o using audit_chains c where c.org_id = o.org_id and not c.restored and c.seq > 0`,
  );
  await database.execute(
    sql`insert into audit_outbox (${columns}) select ${columns} from kept_events on conflict (id) do nothing`,
  );
}
