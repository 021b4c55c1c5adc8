import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { orgs } from './orgs';

export const orgInvites = pgTable(
  'org_invites',
  {
    id: uuid().primaryKey().default(sql`gen_random_uuid()`),
    /** Hex SHA-256 of the secret in the link; the secret itself is kept nowhere. */
    tokenHash: text('token_hash').notNull().unique('org_invites_token_hash_key'),
    orgId: uuid('org_id')
      .notNull()
      .references(() => orgs.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    role: text().notNull(),
    invitedBy: text('invited_by').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    acceptedAt: timestamp('accepted_at', { withTimezone: true }),
    acceptedBy: text('accepted_by'),
    declinedAt: timestamp('declined_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    lastSentAt: timestamp('last_sent_at', { withTimezone: true }),
  },
  (table) => [
    index('idx_org_invites_email').on(sql`lower(${table.email})`),
    index('idx_org_invites_org').on(table.orgId),
    uniqueIndex('org_invites_one_open_per_address')
      .on(table.orgId, sql`lower(${table.email})`)
      .where(sql`${table.acceptedAt} is null and ${table.declinedAt} is null and ${table.revokedAt} is null`),
    check('org_invites_role_check', sql`${table.role} in ('admin', 'member')`),
  ],
);
