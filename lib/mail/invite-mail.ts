import { language } from '@/messages/language';
import * as words from '@/messages/mail';
import type { Mail } from './send-mail';

interface InviteMailFacts {
  orgName: string;
  inviterEmail: string;
  role: string;
  url: string;
  expiresAt: Date;
}

/** The invitation, as text and as one button. Everything people typed is escaped; the only link is ours. */
export function inviteMail({ orgName, inviterEmail, role, url, expiresAt }: InviteMailFacts): Omit<Mail, 'to'> {
  const until = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(expiresAt);
  const subject = words.inviteSubject(orgName);
  const sentence = words.invited({ inviter: inviterEmail, orgName, role });
  const text = `${sentence}\n\n${words.openLink}\n${url}\n\n${words.inviteValidUntil(until)}\n`;
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></head><body style="margin:0;padding:32px 16px;background:#f6f7f6;font:15px/1.5 system-ui,sans-serif;color:#1b1f1c">
<table role="presentation" align="center" width="100%" style="max-width:480px;background:#fff;border:1px solid #e2e5e2;border-radius:10px"><tr><td style="padding:28px">
<p style="margin:0 0 20px">${escapeHtml(sentence)}</p>
<p style="margin:0 0 20px"><a href="${escapeHtml(url)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#2f6b3f;color:#fff;text-decoration:none;font-weight:600">${escapeHtml(words.viewInvite)}</a></p>
<p style="margin:0;color:#5b635d;font-size:13px">${escapeHtml(words.validUntil(until))}</p>
</td></tr></table></body></html>`;
  return { subject, text, html };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}
