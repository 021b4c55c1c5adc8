import { sql } from 'drizzle-orm';
import { bigint, check, pgTable } from 'drizzle-orm/pg-core';

/** One row that agents advance. */
export const networkState = pgTable(
  'network_state',
  {
    id: bigint({ mode: 'number' }).primaryKey(),
    nextSubnet: bigint('next_subnet', { mode: 'number' }).notNull(),
    nextVsockCid: bigint('next_vsock_cid', { mode: 'number' }).notNull(),
  },
  (table) => [check('network_state_id_check', sql`${table.id} = 1`)],
);
