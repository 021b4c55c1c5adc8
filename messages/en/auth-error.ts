import type { LinkReason } from '@/lib/supabase/link-reason';

export const pageTitle = 'Sign-in did not finish';

interface Words {
  title: string;
  text: string;
  /** The button, which always leads to the sign-in page with the destination kept. */
  step: string;
}

/** Every way a link can fail, in words, with the step that helps. */
export const reasons: Record<LinkReason, Words> = {
  link_expired: {
    title: 'This link is too old, or was used',
    text: 'Links in our mails work once and for a limited time. If you were confirming your address, that may have worked: sign in and see. Otherwise have a new link mailed to you.',
    step: 'Sign in or get a new link',
  },
  link_used: {
    title: 'This link was used already',
    text: 'A link works once. If it was you, you may be signed in already; otherwise sign in again.',
    step: 'Sign in',
  },
  confirmed_late: {
    title: 'Confirmed. Please sign in',
    text: 'Your link worked and your address is confirmed, but too much time had passed to sign you in as well.',
    step: 'Sign in',
  },
  other_browser: {
    title: 'Open the link where you asked for it',
    text: 'For your safety a link signs you in only in the browser that asked for it. Open it there, or sign in here. If you were confirming your address, that is done.',
    step: 'Sign in here',
  },
  malformed: {
    title: 'This link is incomplete',
    text: 'Some mail programs cut long links. Copy the whole link from the mail into the address bar, or sign in.',
    step: 'Sign in',
  },
  denied: {
    title: 'Sign-in was cancelled',
    text: 'The other service did not let us sign you in, or you said no there.',
    step: 'Try again',
  },
  banned: { title: 'This account is banned', text: 'Ask the operator of this server what to do.', step: 'Use another account' },
  signup_closed: {
    title: 'There is no account for this address',
    text: 'New accounts cannot be made this way here. Ask somebody in your organization for an invitation.',
    step: 'Use another account',
  },
  provider_email: {
    title: 'Confirm your address there first',
    text: 'The other service has not verified your e-mail address. Verify it there, then sign in again.',
    step: 'Try again',
  },
  restart: {
    title: 'The sign-in took too long',
    text: 'It was started too long ago or in another window. Start again.',
    step: 'Start again',
  },
  too_many: { title: 'Too many attempts', text: 'Wait a minute, then try again.', step: 'Try again' },
  unavailable: {
    title: 'The sign-in service does not answer',
    text: 'Nothing is lost: go back and reload in a few seconds, or sign in again later.',
    step: 'Sign in',
  },
  email_change_half: {
    title: 'One more confirmation',
    text: 'This half is done. Now open the link that was sent to your other address; the new one counts after that.',
    step: 'Go on',
  },
  identity_taken: {
    title: 'That account is linked elsewhere',
    text: 'It opens another account of this server. Sign in with it to see which, and remove it there first.',
    step: 'Go on',
  },
  failed: {
    title: 'Sign-in did not finish',
    text: 'Something went wrong on the way. Signing in again usually helps.',
    step: 'Sign in',
  },
};
