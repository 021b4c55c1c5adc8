import { bigint, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/**
 * Sandboxes asked for under a quota: those on their way count against it before any agent has written of them, and those of the last
 * hour against its hourly limit. Tenants without a quota leave nothing here.
 */
export const sandboxCreates = pgTable(
  'sandbox_creates',
  {
    id: uuid().primaryKey(),
    /** As agents know the org. */
    tenant: text().notNull(),
    sandboxes: integer().notNull(),
    cpu: bigint({ mode: 'number' }).notNull(),
    memoryMb: bigint('memory_mb', { mode: 'number' }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** When an agent had them; null while they are on their way. */
    settledAt: timestamp('settled_at', { withTimezone: true }),
  },
  (table) => [index('idx_sandbox_creates_tenant').on(table.tenant, table.createdAt)],
);
