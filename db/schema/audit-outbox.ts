import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Written in the transaction of the change it tells of; emptied into ClickHouse. Outlives its org, so no foreign key. */
export const auditOutbox = pgTable(
  'audit_outbox',
  {
    /** UUID v7, so rows leave in the order they came; ClickHouse drops a second copy by it. */
    id: uuid().primaryKey(),
    orgId: uuid('org_id').notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
    attempts: integer().notNull().default(0),
  },
  (table) => [index('idx_audit_outbox_created').on(table.createdAt)],
);
