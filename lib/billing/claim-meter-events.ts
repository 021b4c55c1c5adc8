import { inArray, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { pendingMeterEvents } from '@/db/schema';

/** Stripe knows an identifier for a day: within it a second sending is harmless, and later nobody can tell. */
const SAFE_AGAIN = sql.raw(`interval '23 hours'`);
const CLAIM = sql.raw(`interval '5 minutes'`);

export interface ClaimedEvent {
  id: string;
  eventName: string;
  identifier: string;
  value: string;
  customerId: string;
  /** Unix seconds. */
  occurredAt: number;
  /** Whether an earlier sending may have reached Stripe. */
  mayBeThere: boolean;
}

/**
 * Takes events that are to be sent and that nobody is sending, the oldest first. From here on each may be at Stripe: that is
 * written down before it is sent, so that a process that is killed in between leaves it known. Throws when Postgres is away.
 */
export async function claimMeterEvents(limit: number): Promise<ClaimedEvent[]> {
  const rows = await db().execute<Record<string, string> & { may_be_there: boolean }>(sql`
    with free as (
      select id, posted_at is not null as may_be_there from pending_meter_events
      where sent_at is null and customer_id <> '' and (claimed_until is null or claimed_until < clock_timestamp())
        and (posted_at is null or posted_at > clock_timestamp() - ${SAFE_AGAIN})
      order by occurred_at, id limit ${limit} for update skip locked
    )
    update pending_meter_events p
    set claimed_until = clock_timestamp() + ${CLAIM}, posted_at = coalesce(p.posted_at, clock_timestamp()), attempts = attempts + 1
    from free where free.id = p.id
    returning p.id, p.event_name, p.identifier, p.value, p.customer_id,
      extract(epoch from p.occurred_at)::bigint as occurred_at, free.may_be_there`);
  return rows.map((row) => ({
    id: row.id ?? '',
    eventName: row.event_name ?? '',
    identifier: row.identifier ?? '',
    value: String(row.value),
    customerId: row.customer_id ?? '',
    occurredAt: Number(row.occurred_at),
    mayBeThere: row.may_be_there,
  }));
}

/** Writes down that Stripe has an event. */
export async function markSent({ id }: ClaimedEvent): Promise<void> {
  await db()
    .update(pendingMeterEvents)
    .set({ sentAt: sql`clock_timestamp()`, claimedUntil: null })
    .where(inArray(pendingMeterEvents.id, [id]));
}

/** Lets an event wait longer the oftener it failed, an hour at the most. `arrived`: Stripe may have it nevertheless. */
export async function postpone({ id, mayBeThere }: ClaimedEvent, arrived: boolean): Promise<void> {
  const seconds = sql`least(3600, 5 * 2 ^ least(attempts, 10)) * (0.5 + random() / 2)`;
  await db()
    .update(pendingMeterEvents)
    .set({
      claimedUntil: sql`clock_timestamp() + ${seconds} * interval '1 second'`,
      ...(arrived || mayBeThere ? {} : { postedAt: null }),
    })
    .where(inArray(pendingMeterEvents.id, [id]));
}

/** Gives events back that were not even tried. */
export async function releaseMeterEvents(events: ClaimedEvent[]): Promise<void> {
  for (const mayBeThere of [true, false]) {
    const ids = events.filter((event) => event.mayBeThere === mayBeThere).map(({ id }) => id);
    if (ids.length === 0) continue;
    await db()
      .update(pendingMeterEvents)
      .set({ claimedUntil: null, attempts: sql`attempts - 1`, ...(mayBeThere ? {} : { postedAt: null }) })
      .where(inArray(pendingMeterEvents.id, ids));
  }
}

/** How many events nobody may send again by himself: they were sent a day ago and not heard of. */
export async function countDoubtful(): Promise<number> {
  const [row] = await db().execute<{ count: number }>(sql`
    select count(*)::int as count from pending_meter_events where sent_at is null and posted_at <= clock_timestamp() - ${SAFE_AGAIN}`);
  return row?.count ?? 0;
}
