import { and, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '@/db/postgres';
import { auditChains, auditOutbox } from '@/db/schema';
import { selectRows } from '@/db/select-rows';

const IDS_AT_ONCE = 1_000;

type Head = Pick<typeof auditChains.$inferSelect, 'orgId' | 'seq' | 'hash' | 'lastAt'>;

/**
 * After a restore: lets each chain go on where the log in ClickHouse ends, and drops from the outbox what has arrived there since the
 * backup. For a transaction that holds the lock of sealers. Throws dependency_unavailable while ClickHouse is away: until it has been
 * asked nothing may be sealed, or two events would have one number.
 */
export async function adoptChains(tx: Transaction): Promise<void> {
  const heads = await tx.select().from(auditChains).where(eq(auditChains.restored, true)).for('update');
  for (const head of heads) {
    await forgetArrived(tx, head.orgId);
    const end = (await findEnd(head)) ?? {};
    await tx
      .update(auditChains)
      .set({ ...end, restored: false })
      .where(eq(auditChains.orgId, head.orgId));
  }
}

/** An event that arrived under its number and left again under another would melt into one row, and leave a gap. */
async function forgetArrived(tx: Transaction, orgId: string): Promise<void> {
  const waiting = await tx.select({ id: auditOutbox.id }).from(auditOutbox).where(eq(auditOutbox.orgId, orgId));
  for (let from = 0; from < waiting.length; from += IDS_AT_ONCE) {
    const ids = waiting.slice(from, from + IDS_AT_ONCE).map(({ id }) => id);
    const query = `
      SELECT DISTINCT event_id FROM pandastack.audit_log
      WHERE workspace_id = {org:String} AND event_id IN {ids:Array(String)}`;
    const arrived = await selectRows<{ event_id: string }>(query, { org: orgId, ids }, ids.length);
    const known = arrived.map(({ event_id }) => event_id);
    if (known.length > 0) await tx.delete(auditOutbox).where(and(eq(auditOutbox.orgId, orgId), inArray(auditOutbox.id, known)));
  }
}

/**
 * The end of the log, when it goes on from this very head: the event after it names it as the one before. Where it does not, the
 * head stays, and whoever verifies the chain is told.
 */
async function findEnd({ orgId, seq, hash }: Head): Promise<Partial<Head> | undefined> {
  const query = `
    SELECT toString(seq) AS number, hash, prev_hash, toString(toUnixTimestamp64Milli(ts)) AS at_ms
    FROM pandastack.audit_log
    WHERE workspace_id = {org:String} AND seq > {head:UInt64}
      AND seq IN (
        SELECT arrayJoin([min(seq), max(seq)]) FROM pandastack.audit_log WHERE workspace_id = {org:String} AND seq > {head:UInt64}
      )
    ORDER BY seq
    LIMIT 100`;
  const rows = await selectRows<{ number: string; hash: string; prev_hash: string; at_ms: string }>(
    query,
    { org: orgId, head: seq },
    100,
  );
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last || Number(first.number) !== seq + 1 || first.prev_hash !== hash) return undefined;
  return { seq: Number(last.number), hash: last.hash, lastAt: new Date(Number(last.at_ms)) };
}
