import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** What is still to be told to the billing provider; `identifier` makes a second telling harmless. */
export const pendingMeterEvents = pgTable(
  'pending_meter_events',
  {
    id: uuid().primaryKey().default(sql`gen_random_uuid()`),
    orgId: uuid('org_id').notNull(),
    eventName: text('event_name').notNull(),
    identifier: text().notNull().unique('pending_meter_events_identifier_key'),
    value: bigint({ mode: 'number' }).notNull(),
    occurredAt: timestamp('occurred_at', { withTimezone: true }).notNull().defaultNow(),
    attempts: integer().notNull().default(0),
    sentAt: timestamp('sent_at', { withTimezone: true }),
  },
  (table) => [index('idx_pending_meter_events_unsent').on(table.occurredAt).where(sql`${table.sentAt} is null`)],
);
