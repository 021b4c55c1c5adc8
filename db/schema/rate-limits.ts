import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core';

/** How much of what somebody has done lately, counted for all replicas together. The columns are rate-limiter-flexible's. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    key: text().primaryKey(),
    points: integer().notNull().default(0),
    /** Milliseconds since 1970; afterwards the row counts nothing. */
    expire: bigint({ mode: 'number' }),
  },
  (table) => [index('idx_rate_limits_expire').on(table.expire)],
);
