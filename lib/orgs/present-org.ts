import { z } from 'zod';
import type { Membership } from '@/lib/access/find-membership';
import type { Role } from '@/lib/auth/actor';
import type { OrgSummary } from '@/lib/auth/org-summary';
import { answeredRole, answeredTime, answeredUserId } from '@/lib/input/answer-fields';

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

export const orgAnswer = z
  .object({
    id: z.guid(),
    slug: z.string().meta({ description: 'Never changes: agents key data by it.' }),
    name: z.string(),
    owner_user_id: answeredUserId,
    role: answeredRole.meta({
      description: 'What the caller may do in it; of an API token, the lesser of its scope and its creator’s role.',
    }),
    created_at: answeredTime,
    mfa_required: z.boolean().meta({ description: 'People enter with a second factor only.' }),
  })
  .meta({ id: 'Org', description: 'An organization as one of its members sees it.' });
