import { html } from 'hono/html';

export type MailKind = 'signup' | 'magiclink' | 'recovery' | 'invite' | 'email_change';

interface Wording {
  subject: string;
  lead: string;
  action: string;
}

const WORDINGS: Record<MailKind, Wording> = {
  signup: {
    subject: 'Confirm your email address',
    lead: 'Follow the link to confirm this email address and finish signing up.',
    action: 'Confirm email address',
  },
  magiclink: {
    subject: 'Your sign-in link',
    lead: 'Follow the link to sign in. It works once and expires soon.',
    action: 'Sign in',
  },
  recovery: {
    subject: 'Reset your password',
    lead: 'Follow the link to choose a new password. If you did not ask for this, ignore this mail.',
    action: 'Reset password',
  },
  invite: {
    subject: 'You have been invited',
    lead: 'You have been invited to create an account. Follow the link to accept.',
    action: 'Accept the invitation',
  },
  email_change: {
    subject: 'Confirm your new email address',
    lead: 'Follow the link to confirm the change of your email address.',
    action: 'Confirm the change',
  },
};

export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

/** The code that confirms a change of password; no link, because it is typed where the change was begun. */
export function composeReauthentication(code: string): ComposedMail {
  const subject = `${code} is your verification code`;
  const lead = 'Use the code below to verify your identity. It expires shortly.';
  return {
    subject,
    text: `${lead}\n\n${code}\n`,
    html: String(html`<h2>Your verification code</h2><p>${lead}</p><p>${code}</p>`),
  };
}

/** One link and the code that does the same when typed in. */
export function composeMail(kind: MailKind, link: string, code: string): ComposedMail {
  const { subject, lead, action } = WORDINGS[kind];
  return {
    subject,
    text: `${lead}\n\n${link}\n\nOr enter the code: ${code}\n`,
    html: String(
      html`<h2>${subject}</h2><p>${lead}</p><p><a href="${link}">${action}</a></p><p>Or enter the code: <strong>${code}</strong></p>`,
    ),
  };
}
