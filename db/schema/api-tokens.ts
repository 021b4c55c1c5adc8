import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { orgs } from './orgs';

export const apiTokens = pgTable(
  'api_tokens',
  {
    /** Hex SHA-256 of the whole token. */
    tokenHash: text('token_hash').primaryKey(),
    id: uuid().notNull().unique('api_tokens_id_key').default(sql`gen_random_uuid()`),
    prefix: text().notNull(),
    /** The org's slug, kept for agents that read it; authority comes from orgId alone. */
    workspaceId: text('workspace_id').notNull(),
    label: text().notNull().default(''),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
    /** Null only for adopted rows whose slug names no org: such a token opens nothing. */
    orgId: uuid('org_id').references(() => orgs.id, { onDelete: 'cascade' }),
    /** Null only for adopted rows: such a token has member rights. */
    createdBy: text('created_by'),
    role: text().notNull().default('member'),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    rotatedAt: timestamp('rotated_at', { withTimezone: true }),
    /** The secret before the last rotation: it opens the same until previousExpiresAt. */
    previousTokenHash: text('previous_token_hash').unique('api_tokens_previous_token_hash_key'),
    previousPrefix: text('previous_prefix'),
    previousExpiresAt: timestamp('previous_expires_at', { withTimezone: true }),
    previousLastUsedAt: timestamp('previous_last_used_at', { withTimezone: true }),
  },
  (table) => [
    index('idx_api_tokens_workspace').on(table.workspaceId),
    index('idx_api_tokens_prefix').on(table.prefix),
    index('idx_api_tokens_org').on(table.orgId),
    check('api_tokens_role_check', sql`${table.role} in ('owner', 'admin', 'member')`),
  ],
);
