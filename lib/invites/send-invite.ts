import { eq, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { orgInvites } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { config } from '@/lib/config';
import { mayMailRecipient } from '@/lib/limits/limit-rate';
import { inviteMail } from '@/lib/mail/invite-mail';
import { sendMail } from '@/lib/mail/send-mail';
import { mailAccountInvite } from '@/lib/supabase/mail-account-invite';
import { inviteUrl } from './invite-secret';
import type { InviteWithSecret, Mailed } from './present-invite';

/**
 * Mails the link where mail is configured; else the auth server mails the way to an account, where it can. Null when nothing went
 * out, or was held back because the recipient had a day's worth of such mail: the link can always be copied. Only what went out by
 * our own mail server is noted as sent. Never before the invite is committed, so no mail speaks of one that does not exist.
 */
export async function sendInvite(access: OrgAccess<'invites:create'>, made: InviteWithSecret): Promise<Mailed> {
  const { smtp, signup } = config();
  // A closed server takes no new people, so it makes them no accounts either.
  if (!smtp && (signup === 'closed' || !config().supabase?.serviceRoleKey)) return null;
  if (!(await mayMailRecipient(made.invite.email))) return null;
  if (smtp) return (await mailLink(access, made)) ? 'link' : null;
  return (await mailAccountInvite(made.invite.email)) ? 'account' : null;
}

async function mailLink({ org, actor }: OrgAccess<'invites:create'>, { invite, secret }: InviteWithSecret): Promise<boolean> {
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
