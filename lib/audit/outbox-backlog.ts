import { sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';

/**
 * How many audit events wait to be shipped, and for how many seconds the oldest has (0 while none does); `refused` of them are ones
 * that ClickHouse could not read. Throws when Postgres is away.
 */
export async function outboxBacklog(): Promise<{ waiting: number; oldestSeconds: number; refused: number }> {
  const [row] = await db()
    .select({
      waiting: sql<number>`count(*)::int`,
      refused: sql<number>`count(${auditOutbox.refusedAt})::int`,
      oldestSeconds: sql<number>`coalesce(extract(epoch from clock_timestamp() - min(${auditOutbox.createdAt})), 0)::float8`,
    })
    .from(auditOutbox);
  return row ?? { waiting: 0, oldestSeconds: 0, refused: 0 };
}
