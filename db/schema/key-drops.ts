import { sql } from 'drizzle-orm';
import { bigint, check, pgTable, smallint, timestamp } from 'drizzle-orm/pg-core';

/** One row: how often an operator told every replica to forget its verification keys. Each replica compares it with what it saw last. */
export const keyDrops = pgTable(
  'key_drops',
  {
    id: smallint().primaryKey().default(1),
    count: bigint({ mode: 'number' }).notNull().default(1),
    droppedAt: timestamp('dropped_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [check('key_drops_one_row', sql`${table.id} = 1`)],
);
