import { getInviteBySecret } from './find-invite';
import type { InviteState } from './invite-state';
import { maskEmail } from './mask-email';

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
