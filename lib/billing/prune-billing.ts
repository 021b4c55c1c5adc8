import { sql } from 'drizzle-orm';
import { db } from '@/db/postgres';

/** Far longer than Stripe tells an event again, and than an hour is looked at again. */
const KEPT = sql.raw(`interval '90 days'`);

/** Forgets what Stripe has, and what it told, long ago. Throws when Postgres is away. */
export async function pruneBilling(): Promise<void> {
  await db().execute(sql`delete from pending_meter_events where sent_at < now() - ${KEPT} and occurred_at < now() - ${KEPT}`);
  await db().execute(sql`delete from processed_stripe_events where received_at < now() - ${KEPT}`);
}
