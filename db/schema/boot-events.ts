import { bigint, bigserial, index, pgTable, text } from 'drizzle-orm/pg-core';

/** Written by agents. */
export const bootEvents = pgTable(
  'boot_events',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    sandboxId: text('sandbox_id'),
    template: text(),
    bootMode: text('boot_mode'),
    bootMs: bigint('boot_ms', { mode: 'number' }),
    /** Unix seconds. */
    ts: bigint({ mode: 'number' }),
    /** Newer agents add it themselves, where their role may. */
    workspace: text().notNull().default(''),
  },
  (table) => [index('idx_boot_events_ts').on(table.ts.desc().nullsFirst())],
);
