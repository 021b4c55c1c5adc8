import { isNull, sql } from 'drizzle-orm';
import type { Database } from '@/db/postgres';
import { restores } from '@/db/schema';

/** An operator has looked through what restores brought back: the doctor tells of them no more. Returns how many there were. */
export async function acknowledgeRestores(database: Database): Promise<number> {
  const told = await database
    .update(restores)
    .set({ acknowledgedAt: sql`now()` })
    .where(isNull(restores.acknowledgedAt))
    .returning({ at: restores.restoredAt });
  return told.length;
}
