import { bigint, pgTable, text } from 'drizzle-orm/pg-core';

/** Limits that agents enforce, by the name an org is known under. */
export const workspaces = pgTable('workspaces', {
  name: text().primaryKey(),
  maxSandboxes: bigint('max_sandboxes', { mode: 'number' }).default(16),
  maxCpuTotal: bigint('max_cpu_total', { mode: 'number' }).default(16),
  maxMemoryMbTotal: bigint('max_memory_mb_total', { mode: 'number' }).default(32768),
  hourlyCreateLimit: bigint('hourly_create_limit', { mode: 'number' }).default(200),
  /** Unix seconds. */
  createdAt: bigint('created_at', { mode: 'number' }),
  monthlyCpuSecondsMax: bigint('monthly_cpu_seconds_max', { mode: 'number' }).default(0),
  monthlyBudgetMicros: bigint('monthly_budget_micros', { mode: 'number' }).default(0),
});
