import type { Membership } from '@/lib/access/find-membership';
import type { Role } from '@/lib/auth/actor';
import type { OrgSummary } from '@/lib/auth/org-summary';

export interface OrgView extends OrgSummary {
  role: Role;
}

/** An org as one of its members sees it. */
export function viewOrg({ org, role }: Membership): OrgView {
  return { ...org, role };
}

/** An org as /v1 tells it. */
export function presentOrg({ id, slug, name, ownerUserId, role, createdAt, mfaRequired }: OrgView) {
  return { id, slug, name, owner_user_id: ownerUserId, role, created_at: createdAt, mfa_required: mfaRequired };
}
