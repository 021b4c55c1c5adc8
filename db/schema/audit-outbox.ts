import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Written in the transaction of the change it tells of; emptied into ClickHouse. Outlives its org, so no foreign key. */
export const auditOutbox = pgTable(
  'audit_outbox',
  {
    /** UUID v7, so rows leave in the order they came; ClickHouse drops a second copy by it. */
    id: uuid().primaryKey(),
    orgId: uuid('org_id').notNull(),
    /** The columns of the event; once it is sealed its place in the chain too, so that whoever ships it ships that along. */
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
    attempts: integer().notNull().default(0),
    /** Its number in the chain of its org; null until a drainer has sealed it. */
    seq: bigint({ mode: 'number' }),
    /** A drainer is shipping it and will be done by then, or has died. */
    claimedUntil: timestamp('claimed_until', { withTimezone: true }),
    /** ClickHouse could not read this very row; it is tried again now and then, and holds up nobody. */
    refusedAt: timestamp('refused_at', { withTimezone: true }),
  },
  (table) => [index('idx_audit_outbox_created').on(table.createdAt), index('idx_audit_outbox_org').on(table.orgId, table.seq)],
);
