import { and, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { db, type Transaction } from '@/db/postgres';
import { auditChains, auditOutbox } from '@/db/schema';
import { adoptChains } from './adopt-chains';
import { type ChainedEvent, EVENT_TEXTS, hashEvent, type SealedEvent } from './chain-link';

// Any number that nobody else uses in this database.
const SEAL_LOCK = 727_003;
/** Far longer than a shipment may take; only after a crash is it waited for. */
const CLAIM = sql.raw(`interval '60 seconds'`);
const RETRY_REFUSED = sql.raw(`interval '1 hour'`);

type OutboxRow = typeof auditOutbox.$inferSelect;
type Head = Pick<typeof auditChains.$inferSelect, 'orgId' | 'seq' | 'hash' | 'lastAt'>;

/**
 * Takes the oldest events that nobody is shipping, at most `limit`, and gives each that has none its place in the chain of its org.
 * The place is committed before anything leaves, so an event that is delivered twice is twice the same. One short transaction:
 * ClickHouse is not waited for in it (but once after a restore), and no transaction that writes an event waits for it. Throws when
 * Postgres is away.
 */
export function claimEvents(limit: number): Promise<SealedEvent[]> {
  return asSealer(async (tx) => {
    const rows = await lockRows(tx, limit);
    if (rows.length === 0) return [];
    const sealed = await seal(tx, rows);
    await claim(tx, rows, sealed);
    return sealed;
  });
}

/** Brings the chains of a restored database to where the log ends, as the next sealer would. Throws dependency_unavailable. */
export function adoptRestoredChains(): Promise<void> {
  return asSealer(async () => {});
}

/** One sealer at a time gives events their numbers in the order they were written, once the chains are known to their ends. */
function asSealer<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(SEAL_LOCK))})`);
    await adoptChains(tx);
    return work(tx);
  });
}

/** Gives events back that could not be shipped; whoever comes next takes them. Must not hide the failure that led here. */
export async function releaseEvents(events: SealedEvent[]): Promise<void> {
  await db()
    .update(auditOutbox)
    .set({ claimedUntil: null, attempts: sql`${auditOutbox.attempts} + 1` })
    .where(inArray(auditOutbox.id, idsOf(events)))
    .catch(() => {});
}

/** Forgets events that ClickHouse has. */
export async function removeEvents(events: SealedEvent[]): Promise<void> {
  await db()
    .delete(auditOutbox)
    .where(inArray(auditOutbox.id, idsOf(events)));
}

/** Keeps events that ClickHouse cannot read out of the way of the others for an hour. */
export async function setAside(events: SealedEvent[]): Promise<void> {
  await db()
    .update(auditOutbox)
    .set({ claimedUntil: null, refusedAt: sql`clock_timestamp()`, attempts: sql`${auditOutbox.attempts} + 1` })
    .where(inArray(auditOutbox.id, idsOf(events)));
}

/** A row of the outbox that is sealed, as ClickHouse gets it. */
export function sealedEvent({ id, orgId, createdAt, payload, seq }: OutboxRow): SealedEvent {
  const { prev_ts, prev_hash, hash } = payload;
  const place = { seq: Number(seq), prev_ts: Number(prev_ts), prev_hash: String(prev_hash) };
  return { ...textsOf(payload), event_id: id, workspace_id: orgId, ts: createdAt.getTime(), ...place, hash: String(hash) };
}

function idsOf(events: SealedEvent[]): string[] {
  return events.map((event) => event.event_id);
}

function lockRows(tx: Transaction, limit: number): Promise<OutboxRow[]> {
  const { claimedUntil, refusedAt, createdAt, id } = auditOutbox;
  const free = or(isNull(claimedUntil), lt(claimedUntil, sql`clock_timestamp()`));
  const readable = or(isNull(refusedAt), lt(refusedAt, sql`clock_timestamp() - ${RETRY_REFUSED}`));
  return tx
    .select()
    .from(auditOutbox)
    .where(and(free, readable))
    .orderBy(createdAt, id)
    .limit(limit)
    .for('update', { skipLocked: true });
}

async function seal(tx: Transaction, rows: OutboxRow[]): Promise<SealedEvent[]> {
  const unsealed = rows.filter((row) => row.seq === null);
  const heads = await lockHeads(tx, [...new Set(unsealed.map((row) => row.orgId))]);
  const sealed = rows.map((row) => {
    const head = row.seq === null ? heads.get(row.orgId) : undefined;
    return head ? append(head, row) : sealedEvent(row);
  });
  await moveHeads(tx, [...heads.values()]);
  return sealed;
}

/** Heads are locked in one order by everybody, and made where an org has none yet. */
async function lockHeads(tx: Transaction, orgIds: string[]): Promise<Map<string, Head>> {
  if (orgIds.length === 0) return new Map();
  await tx
    .insert(auditChains)
    .values(orgIds.sort().map((orgId) => ({ orgId })))
    .onConflictDoNothing();
  const heads = await tx
    .select({ orgId: auditChains.orgId, seq: auditChains.seq, hash: auditChains.hash, lastAt: auditChains.lastAt })
    .from(auditChains)
    .where(inArray(auditChains.orgId, orgIds))
    .orderBy(auditChains.orgId)
    .for('update');
  return new Map(heads.map((head) => [head.orgId, head]));
}

/** Moves the head on to this event. */
function append(head: Head, { id, orgId, createdAt, payload }: OutboxRow): SealedEvent {
  const before = { prev_ts: head.lastAt?.getTime() ?? 0, prev_hash: head.hash };
  const event: ChainedEvent = {
    ...textsOf(payload),
    ...{ event_id: id, workspace_id: orgId, ts: createdAt.getTime(), seq: head.seq + 1 },
    ...before,
  };
  const hash = hashEvent(event);
  Object.assign(head, { seq: event.seq, hash, lastAt: createdAt });
  return { ...event, hash };
}

async function moveHeads(tx: Transaction, heads: Head[]): Promise<void> {
  if (heads.length === 0) return;
  const moved = heads.map(({ orgId, seq, hash, lastAt }) => ({ org_id: orgId, seq, hash, last_at: lastAt }));
  await tx.execute(sql`
    update audit_chains c set seq = v.seq, hash = v.hash, last_at = v.last_at
    from jsonb_to_recordset(${JSON.stringify(moved)}::text::jsonb) as v(org_id uuid, seq bigint, hash text, last_at timestamptz)
    where c.org_id = v.org_id`);
}

async function claim(tx: Transaction, rows: OutboxRow[], sealed: SealedEvent[]): Promise<void> {
  const claimed = sealed.map(({ event_id, seq, prev_ts, prev_hash, hash }, index) => {
    // In the payload too: a replica of an older build, which knows no chain, then ships it along.
    const link = rows[index]?.seq === null ? { seq, prev_ts, prev_hash, hash } : {};
    return { id: event_id, seq, link };
  });
  await tx.execute(sql`
    update audit_outbox o set seq = v.seq, payload = o.payload || v.link, refused_at = null,
      claimed_until = clock_timestamp() + ${CLAIM}
    from jsonb_to_recordset(${JSON.stringify(claimed)}::text::jsonb) as v(id uuid, seq bigint, link jsonb)
    where o.id = v.id`);
}

/** Texts, whatever a payload holds: what is hashed is exactly what ClickHouse will give back. */
function textsOf(payload: Record<string, unknown>): Pick<ChainedEvent, (typeof EVENT_TEXTS)[number]> {
  const texts = EVENT_TEXTS.map((name) => {
    const value = payload[name] ?? '';
    return [name, typeof value === 'string' ? value : JSON.stringify(value)];
  });
  return Object.fromEntries(texts);
}
