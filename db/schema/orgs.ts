import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const orgs = pgTable(
  'orgs',
  {
    id: uuid().primaryKey().default(sql`gen_random_uuid()`),
    slug: text().notNull().unique('orgs_slug_key'),
    name: text().notNull(),
    ownerUserId: text('owner_user_id').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
    /** What agents know this org by when it came from an older database; null means the org id. */
    legacyTenantKey: text('legacy_tenant_key'),
    /** People enter with a second factor only (aal2). */
    mfaRequired: boolean('mfa_required').notNull().default(false),
    /** What an invite gives when nobody says otherwise. */
    defaultInviteRole: text('default_invite_role').notNull().default('member'),
    /** Lower case; whom the org may invite. Empty: any address. */
    allowedEmailDomains: text('allowed_email_domains').array().notNull().default(sql`'{}'`),
    /** Who pays for this org at Stripe; null means nobody, and nothing of it is told there. */
    stripeCustomerId: text('stripe_customer_id').unique('orgs_stripe_customer_id_key'),
    /** What was used before this moment is not metered. */
    stripeLinkedAt: timestamp('stripe_linked_at', { withTimezone: true }),
  },
  (table) => [
    index('idx_orgs_owner').on(table.ownerUserId),
    check('orgs_default_invite_role_check', sql`${table.defaultInviteRole} in ('admin', 'member')`),
  ],
);
