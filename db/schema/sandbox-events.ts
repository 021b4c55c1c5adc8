import { bigserial, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Written by agents. */
export const sandboxEvents = pgTable(
  'sandbox_events',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    sandboxId: text('sandbox_id'),
    workspaceId: text('workspace_id').default(''),
    type: text(),
    code: text(),
    message: text().default(''),
    metadata: jsonb().$type<Record<string, unknown>>().default({}),
    createdAt: timestamp('created_at', { withTimezone: true }).defaultNow(),
  },
  (table) => [
    index('idx_sandbox_events_sandbox').on(table.sandboxId, table.createdAt.desc().nullsFirst()),
    index('idx_sandbox_events_workspace').on(table.workspaceId, table.createdAt.desc().nullsFirst()),
  ],
);
