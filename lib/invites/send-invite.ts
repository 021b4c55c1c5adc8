import { eq, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { orgInvites } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { config } from '@/lib/config';
import { mayMailRecipient } from '@/lib/limits/limit-rate';
import { inviteMail } from '@/lib/mail/invite-mail';
import { sendMail } from '@/lib/mail/send-mail';
import { inviteUrl } from './invite-secret';
import type { InviteWithSecret } from './present-invite';

/**
 * Mails the link where mail is configured. False when it did not go out, or was held back because the recipient had a day's worth
 * of such mail: the link can always be copied.
 */
export async function sendInvite(
  { org, actor }: OrgAccess<'invites:create'>,
  { invite, secret }: InviteWithSecret,
): Promise<boolean> {
  if (!config().smtp || !(await mayMailRecipient(invite.email))) return false;
  const mail = inviteMail({
    orgName: org.name,
    inviterEmail: actor.email,
    role: invite.role,
    url: inviteUrl(secret),
    expiresAt: invite.expiresAt,
  });
  const sent = await sendMail({ to: invite.email, ...mail });
  if (sent) await db().update(orgInvites).set({ lastSentAt: sql`now()` }).where(eq(orgInvites.id, invite.id));
  return sent;
}
