import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { orgInvites, orgMembers } from '@/db/schema';
import { answeredTime, answeredUserId } from '@/lib/input/answer-fields';
import { inviteUrl } from './invite-secret';
import { type InviteState, inviteState, inviteStates } from './invite-state';

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

/** Owners are made by an owner, never by an invite. */
export const invitedRole = z.enum(['member', 'admin'], { error: 'must be member or admin' });

export interface InviteWithSecret {
  invite: InviteView;
  /** The only copy; the table keeps its digest. */
  secret: string;
}

/** What went out by mail: the link, only the way to an account, or nothing. */
export type Mailed = 'link' | 'account' | null;

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

export const inviteAnswer = z
  .object({
    id: z.guid(),
    org_id: z.guid(),
    email: z.string(),
    role: invitedRole,
    invited_by: answeredUserId,
    created_at: answeredTime,
    expires_at: answeredTime,
    state: z.enum(inviteStates),
  })
  .meta({ id: 'Invite', description: 'An invitation of an address into an organization.' });

export const inviteWithSecretAnswer = inviteAnswer
  .extend({
    invite_url: z.string().meta({ description: 'The link for the invited person. Shown in this answer alone.' }),
    token: z.string().meta({ description: 'The secret in that link. Shown in this answer alone.' }),
    email_sent: z.boolean().meta({
      description:
        'The link went out by mail. False where the server sends none, or could not, or cannot say because the mail server hung up: pass it ' +
        'on yourself. A mail may then arrive all the same, and once more when the invite is sent again.',
    }),
    account_email_sent: z.boolean().meta({
      description: 'The sign-in service mailed the way to an account instead. The link is not in that mail: pass it on yourself.',
    }),
  })
  .meta({ id: 'InviteWithSecret', description: 'An invitation together with its link.' });

/** The one answer that carries the link. */
export function presentInviteWithSecret({ invite, secret }: InviteWithSecret, mailed: Mailed) {
  return {
    ...presentInvite(invite),
    invite_url: inviteUrl(secret),
    token: secret,
    email_sent: mailed === 'link',
    account_email_sent: mailed === 'account',
  };
}
