import { and, eq } from 'drizzle-orm';
import { orgInvites, orgMembers } from '@/db/schema';
import { inviteUrl } from './invite-secret';
import { type InviteState, inviteState } from './invite-state';

export interface InviteView {
  id: string;
  orgId: string;
  email: string;
  role: string;
  invitedBy: string;
  invitedByEmail: string | null;
  createdAt: Date;
  expiresAt: Date;
  state: InviteState;
}

export interface InviteWithSecret {
  invite: InviteView;
  /** The only copy; the table keeps its digest. */
  secret: string;
}

/** What the org's managers see of an invite: never its digest. */
export const inviteColumns = {
  id: orgInvites.id,
  orgId: orgInvites.orgId,
  email: orgInvites.email,
  role: orgInvites.role,
  invitedBy: orgInvites.invitedBy,
  invitedByEmail: orgMembers.email,
  createdAt: orgInvites.createdAt,
  expiresAt: orgInvites.expiresAt,
  state: inviteState,
};

/** Joins an invite to the membership its inviter holds today, if any. */
export const inviterMembership = and(eq(orgMembers.orgId, orgInvites.orgId), eq(orgMembers.userId, orgInvites.invitedBy));

/** An invite as /v1 tells it. */
export function presentInvite({ id, orgId, email, role, invitedBy, createdAt, expiresAt, state }: InviteView) {
  return { id, org_id: orgId, email, role, invited_by: invitedBy, created_at: createdAt, expires_at: expiresAt, state };
}

/** The one answer that carries the link. */
export function presentInviteWithSecret({ invite, secret }: InviteWithSecret, emailSent: boolean) {
  return { ...presentInvite(invite), invite_url: inviteUrl(secret), token: secret, email_sent: emailSent };
}
