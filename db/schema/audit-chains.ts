import { sql } from 'drizzle-orm';
import { bigint, boolean, index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/**
 * The head of each org's chain of audit events: what the events in ClickHouse are measured against. Outlives its org. The row of the
 * nil UUID is there from the start and tells since when events are chained at all.
 */
export const auditChains = pgTable(
  'audit_chains',
  {
    orgId: uuid('org_id').primaryKey(),
    seq: bigint({ mode: 'number' }).notNull().default(0),
    hash: text().notNull().default(''),
    /** When the last sealed event happened. */
    lastAt: timestamp('last_at', { withTimezone: true }),
    /** The head is a backup's: the log in ClickHouse may have gone on beyond it. The next sealer looks, and begins where the log ends. */
    restored: boolean().notNull().default(false),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  },
  (table) => [index('idx_audit_chains_restored').on(table.orgId).where(sql`${table.restored}`)],
);
