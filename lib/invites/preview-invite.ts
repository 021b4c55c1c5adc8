import { z } from 'zod';
import { answeredTime } from '@/lib/input/answer-fields';
import { getInviteBySecret } from './find-invite';
import { type InviteState, inviteStates } from './invite-state';
import { maskEmail } from './mask-email';
import { invitedRole } from './present-invite';

export interface InvitePreview {
  orgName: string;
  orgSlug: string;
  role: string;
  email: string;
  inviterEmail: string | null;
  expiresAt: Date;
  state: InviteState;
}

/** What whoever holds the link may know, addresses masked. Consumes nothing. Throws invite_not_found. */
export async function previewInvite(secret: string): Promise<InvitePreview> {
  const { orgName, orgSlug, role, email, invitedByEmail, expiresAt, state } = await getInviteBySecret(secret);
  return {
    orgName,
    orgSlug,
    role,
    email: maskEmail(email),
    inviterEmail: invitedByEmail && maskEmail(invitedByEmail),
    expiresAt,
    state,
  };
}

/** A preview as /v1 tells it. */
export function presentPreview({ orgName, role, email, inviterEmail, expiresAt, state }: InvitePreview) {
  return { org_name: orgName, role, email, inviter_email: inviterEmail, expires_at: expiresAt, state };
}

export const previewAnswer = z
  .object({
    org_name: z.string(),
    role: invitedRole,
    email: z.string().meta({ description: 'The invited address, masked.' }),
    inviter_email: z.string().nullable().meta({ description: 'Masked; null when the inviter has left.' }),
    expires_at: answeredTime,
    state: z.enum(inviteStates),
  })
  .meta({ id: 'InvitePreview', description: 'What whoever holds the link may know.' });
