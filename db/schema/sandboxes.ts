import { bigint, pgTable, text } from 'drizzle-orm/pg-core';

// Agents read and write the next three tables: columns may be added, never renamed, dropped or retyped.

export const sandboxes = pgTable('sandboxes', {
  id: text().primaryKey(),
  template: text(),
  cpu: bigint({ mode: 'number' }),
  memoryMb: bigint('memory_mb', { mode: 'number' }),
  status: text(),
  guestIp: text('guest_ip'),
  hostTap: text('host_tap'),
  mac: text(),
  vsockCid: bigint('vsock_cid', { mode: 'number' }),
  fromSnapshot: text('from_snapshot'),
  /** JSON, as text. */
  metadata: text(),
  /** Unix seconds. */
  createdAt: bigint('created_at', { mode: 'number' }),
  bootMs: bigint('boot_ms', { mode: 'number' }).default(0),
  bootMode: text('boot_mode').default(''),
  persistent: bigint({ mode: 'number' }).notNull().default(0),
  ttlSeconds: bigint('ttl_seconds', { mode: 'number' }).notNull().default(0),
});

export const allocations = pgTable('allocations', {
  sandboxId: text('sandbox_id').primaryKey(),
  payload: text(),
});

export const snapshots = pgTable('snapshots', {
  id: text().primaryKey(),
  sandboxId: text('sandbox_id'),
  memPath: text('mem_path'),
  statePath: text('state_path'),
  /** Whose it is, and the agent that took it: a snapshot outlives its sandbox, and agents delete that one's rows. '' for older ones. */
  workspaceId: text('workspace_id').notNull().default(''),
  agentId: text('agent_id').notNull().default(''),
  /** Unix seconds. */
  createdAt: bigint('created_at', { mode: 'number' }),
});
