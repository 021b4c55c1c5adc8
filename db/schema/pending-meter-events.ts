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
    /** Who paid for the org when this was written. */
    customerId: text('customer_id').notNull().default(''),
    /** When it may first have reached the provider without our having heard so; null when it certainly has not. */
    postedAt: timestamp('posted_at', { withTimezone: true }),
    /** Nobody takes it before this moment: it is being sent, or waits after a failure. */
    claimedUntil: timestamp('claimed_until', { withTimezone: true }),
  },
  (table) => [index('idx_pending_meter_events_unsent').on(table.occurredAt).where(sql`${table.sentAt} is null`)],
);
