import { sql } from 'drizzle-orm';
import { orgs } from '@/db/schema';

/** What every access carries of its org. */
export interface OrgSummary {
  id: string;
  slug: string;
  name: string;
  ownerUserId: string;
  createdAt: Date;
  /** What agents know the org by: its id, or for an adopted org the slug it had. Never what could be another org's id. */
  tenantKey: string;
  /** People enter with a second factor only. */
  mfaRequired: boolean;
  /** What an invite gives when nobody says otherwise. */
  defaultInviteRole: string;
  /** Lower case; whom the org invites. Empty: any address. */
  allowedEmailDomains: string[];
}

// In an older database slugs were not checked: one could be shaped like an id, another org's.
const ID_SHAPE = '^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$';

/** The columns an OrgSummary is made of. */
export const orgSummaryColumns = {
  id: orgs.id,
  slug: orgs.slug,
  name: orgs.name,
  ownerUserId: orgs.ownerUserId,
  createdAt: orgs.createdAt,
  tenantKey: sql<string>`case when ${orgs.legacyTenantKey} !~ ${sql.raw(`'${ID_SHAPE}'`)} then ${orgs.legacyTenantKey} else ${orgs.id}::text end`,
  mfaRequired: orgs.mfaRequired,
  defaultInviteRole: orgs.defaultInviteRole,
  allowedEmailDomains: orgs.allowedEmailDomains,
};
