import { bigint, bigserial, index, pgTable, text } from 'drizzle-orm/pg-core';

/** The agents' own trail. This product's is audit_outbox and ClickHouse. */
export const agentAuditLog = pgTable(
  'audit_log',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    /** Unix seconds. */
    ts: bigint({ mode: 'number' }),
    workspace: text(),
    requestId: text('request_id'),
    method: text(),
    path: text(),
    status: bigint({ mode: 'number' }),
    actor: text(),
    meta: text(),
  },
  (table) => [
    index('idx_audit_log_ts').on(table.ts.desc().nullsFirst()),
    index('idx_audit_log_workspace_ts').on(table.workspace, table.ts.desc().nullsFirst()),
  ],
);
