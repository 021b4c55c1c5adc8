import { sql } from 'drizzle-orm';
import { pgTable, timestamp } from 'drizzle-orm/pg-core';

/** A row for each time a backup was put into this database: what had been ended since that backup was live again. */
export const restores = pgTable('restores', {
  restoredAt: timestamp('restored_at', { withTimezone: true }).primaryKey().default(sql`clock_timestamp()`),
  backupMadeAt: timestamp('backup_made_at', { withTimezone: true }).notNull(),
  /** When an operator said that they have looked through what came back. */
  acknowledgedAt: timestamp('acknowledged_at', { withTimezone: true }),
});
