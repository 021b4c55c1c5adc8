import { authorizeOrg, can, type OrgAccess } from '@/lib/access/org-access';
import { listInvites } from '@/lib/invites/list-invites';
import { listMembers } from '@/lib/members/list-members';
import { listTokens } from '@/lib/tokens/list-tokens';

export interface Overview {
  members: number;
  /** Null where the role may not see invites. */
  openInvites: number | null;
  tokens: number;
  hasInvited: boolean;
  hasCalled: boolean;
}

/** What the overview counts, as far as the role may see it: a member counts the tokens they made themselves. */
export async function readOverview(access: OrgAccess<'org:read'>): Promise<Overview> {
  const { actor, orgId } = access;
  const [members, invites, tokens] = await Promise.all([
    authorizeOrg(actor, orgId, 'members:read').then(listMembers),
    can(access, 'invites:read') ? authorizeOrg(actor, orgId, 'invites:read').then(listInvites) : null,
    authorizeOrg(actor, orgId, 'tokens:read').then(listTokens),
  ]);
  const now = Date.now();
  return {
    members: members.length,
    openInvites: invites?.filter(({ state }) => state === 'open').length ?? null,
    tokens: tokens.filter(({ expiresAt }) => !expiresAt || expiresAt.getTime() > now).length,
    hasInvited: members.length > 1 || (invites?.length ?? 0) > 0,
    hasCalled: tokens.some(({ lastUsedAt, previousLastUsedAt }) => lastUsedAt !== null || previousLastUsedAt !== null),
  };
}
