import { lt, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { rateLimits } from '@/db/schema';

/** Forgets counts whose window ended an hour ago, so that no difference of clocks cuts one short. Returns how many. */
export async function pruneLimits(): Promise<number> {
  const gone = await db()
    .delete(rateLimits)
    .where(lt(rateLimits.expire, sql`(extract(epoch from now() - interval '1 hour') * 1000)::bigint`))
    .returning({ key: rateLimits.key });
  return gone.length;
}
