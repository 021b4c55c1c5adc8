import { index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Agents announce themselves here. */
export const agents = pgTable(
  'agents',
  {
    id: text().primaryKey(),
    endpoint: text(),
    region: text(),
    zone: text().default(''),
    version: text().default(''),
    status: text().default('active'),
    capacity: jsonb('capacity_json').$type<Record<string, unknown>>().default({}),
    lastHeartbeat: timestamp('last_heartbeat', { withTimezone: true }).defaultNow(),
    createdAt: timestamp('created_at', { withTimezone: true }).defaultNow(),
  },
  (table) => [
    index('idx_agents_last_heartbeat').on(table.lastHeartbeat.desc().nullsFirst()),
    index('idx_agents_status').on(table.status),
  ],
);
