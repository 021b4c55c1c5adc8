import { bigint, bigserial, doublePrecision, index, integer, pgTable, text } from 'drizzle-orm/pg-core';

/** What a sandbox used. Written by agents. */
export const usageEvents = pgTable(
  'usage_events',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    /** Unix seconds. */
    ts: bigint({ mode: 'number' }),
    workspace: text(),
    sandboxId: text('sandbox_id'),
    template: text(),
    event: text(),
    cpuCount: integer('cpu_count').default(0),
    memMb: integer('mem_mb').default(0),
    durationSec: integer('duration_sec').default(0),
    cpuSeconds: bigint('cpu_seconds', { mode: 'number' }).default(0),
    gbSeconds: doublePrecision('gb_seconds').default(0),
    costMicros: bigint('cost_micros', { mode: 'number' }).default(0),
  },
  (table) => [
    index('idx_usage_events_workspace_ts').on(table.workspace, table.ts.desc().nullsFirst()),
    index('idx_usage_events_ts').on(table.ts.desc().nullsFirst()),
  ],
);
