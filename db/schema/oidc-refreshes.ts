import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * Who is refreshing which session of an OpenID Connect provider, and what came of it, for a few minutes: providers take a
 * refresh token once, and every replica may be asked with the same one.
 */
export const oidcRefreshes = pgTable(
  'oidc_refreshes',
  {
    /** Hex SHA-256 of the refresh token that is used up. */
    tokenHash: text('token_hash').primaryKey(),
    /** Encrypted; null while somebody asks the provider. */
    outcome: text(),
    /** Until then the row counts; afterwards anybody may begin anew. */
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('idx_oidc_refreshes_expires').on(table.expiresAt)],
);
