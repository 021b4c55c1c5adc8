import { sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';

/** How many audit events wait to be shipped, and for how many seconds the oldest has (0 while none does). Throws when Postgres is away. */
export async function outboxBacklog(): Promise<{ waiting: number; oldestSeconds: number }> {
  const [row] = await db()
    .select({
      waiting: sql<number>`count(*)::int`,
      oldestSeconds: sql<number>`coalesce(extract(epoch from clock_timestamp() - min(${auditOutbox.createdAt})), 0)::float8`,
    })
    .from(auditOutbox);
  return row ?? { waiting: 0, oldestSeconds: 0 };
}
