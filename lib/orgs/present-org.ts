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
export function presentOrg(org: OrgView) {
  return {
    id: org.id,
    slug: org.slug,
    name: org.name,
    owner_user_id: org.ownerUserId,
    role: org.role,
    created_at: org.createdAt,
    mfa_required: org.mfaRequired,
    default_invite_role: org.defaultInviteRole,
    allowed_email_domains: org.allowedEmailDomains,
  };
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
    default_invite_role: z.enum(['member', 'admin']).meta({ description: 'What an invite gives when it names no role.' }),
    allowed_email_domains: z.array(z.string()).meta({ description: 'Whom it invites; empty for any address.' }),
  })
  .meta({ id: 'Org', description: 'An organization as one of its members sees it.' });
