import { orgs } from '@/db/schema';

/** What every access carries of its org. */
export interface OrgSummary {
  id: string;
  slug: string;
  name: string;
  ownerUserId: string;
  createdAt: Date;
  /** People enter with a second factor only. */
  mfaRequired: boolean;
}

/** The columns an OrgSummary is made of. */
export const orgSummaryColumns = {
  id: orgs.id,
  slug: orgs.slug,
  name: orgs.name,
  ownerUserId: orgs.ownerUserId,
  createdAt: orgs.createdAt,
  mfaRequired: orgs.mfaRequired,
};
