import { eq } from 'drizzle-orm';
import { type Database, db, type Transaction } from '@/db/postgres';
import { orgInvites, orgMembers, orgs } from '@/db/schema';
import { DomainError, type ErrorCode } from '@/lib/errors';
import { inviteHash } from './invite-secret';
import type { InviteState } from './invite-state';
import { mayInviteAs } from './may-invite-as';
import { inviteColumns, inviterMembership } from './present-invite';

const columns = {
  ...inviteColumns,
  inviterRole: orgMembers.role,
  orgName: orgs.name,
  orgSlug: orgs.slug,
  allowedEmailDomains: orgs.allowedEmailDomains,
};

/** The invite a secret opens, with the right its inviter has today. Throws invite_not_found. */
export async function getInviteBySecret(secret: string, tx: Database | Transaction = db()) {
  const hash = inviteHash(secret);
  const [invite] = hash
    ? await tx
        .select(columns)
        .from(orgInvites)
        .innerJoin(orgs, eq(orgs.id, orgInvites.orgId))
        .leftJoin(orgMembers, inviterMembership)
        .where(eq(orgInvites.tokenHash, hash))
    : [];
  if (!invite)
    throw new DomainError('invite_not_found', 'This invitation does not exist', {
      hint: 'Check that the link was copied whole, or ask for a new one.',
    });
  return { ...invite, state: effectiveState(invite) };
}

interface Standing {
  state: InviteState;
  role: string;
  inviterRole: string | null;
}

/** An invite is worth as much as its inviter: it ends when they may no longer give its role. */
function effectiveState({ state, role, inviterRole }: Standing): InviteState {
  return state === 'open' && !mayInviteAs(inviterRole, role) ? 'revoked' : state;
}

const REFUSALS: Record<Exclude<InviteState, 'open'>, [ErrorCode, string]> = {
  expired: ['invite_expired', 'This invitation has expired'],
  accepted: ['invite_used', 'This invitation has been used'],
  declined: ['invite_declined', 'This invitation was declined'],
  revoked: ['invite_revoked', 'This invitation was withdrawn'],
};

/** Throws the refusal of an invite that can no longer be answered. */
export function refuseUnlessOpen(state: InviteState): void {
  if (state === 'open') return;
  const [code, message] = REFUSALS[state];
  throw new DomainError(code, message, { hint: 'Ask the organization for a new invitation.' });
}
