import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Which agent holds which sandbox, and until when. Written by agents. */
export const leases = pgTable(
  'leases',
  {
    sandboxId: text('sandbox_id').primaryKey(),
    agentId: text('agent_id'),
    workspaceId: text('workspace_id').default(''),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).defaultNow(),
  },
  (table) => [
    index('idx_leases_workspace').on(table.workspaceId),
    index('idx_leases_agent').on(table.agentId),
    index('idx_leases_expires').on(table.expiresAt),
  ],
);
