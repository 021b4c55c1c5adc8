import type { InvitePreview } from '@/lib/invites/preview-invite';

interface Words {
  title: string;
  text: string;
  step: string;
}

export const UNKNOWN_WORDS: Words = {
  title: 'This invitation link does not work',
  text: 'It may have been cut off, or replaced by a newer one. Look for the newest mail, or ask whoever invited you for a new link.',
  step: 'Start page',
};

const whoever = ({ inviterEmail }: InvitePreview) => inviterEmail ?? 'whoever invited you';

/** What to say of an invite that can no longer be accepted. */
export const CLOSED_WORDS: Record<Exclude<InvitePreview['state'], 'open'>, (invite: InvitePreview) => Words> = {
  expired: (invite) => ({
    title: 'This invitation has expired',
    text: `Ask ${whoever(invite)} to send a new one for ${invite.orgName}.`,
    step: 'Start page',
  }),
  revoked: (invite) => ({
    title: 'This invitation was withdrawn',
    text: `If you think that is a mistake, ask ${whoever(invite)}.`,
    step: 'Start page',
  }),
  declined: (invite) => ({
    title: 'This invitation was declined',
    text: `Changed your mind? Ask ${whoever(invite)} for a new one.`,
    step: 'Start page',
  }),
  accepted: ({ orgName }) => ({
    title: 'This invitation was used',
    text: `An invitation works once. If it was you who used it, sign in and open ${orgName}.`,
    step: 'Sign in',
  }),
};
