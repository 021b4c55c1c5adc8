import type { ReactNode } from 'react';
import type { InvitePreview } from '@/lib/invites/preview-invite';

export const pageTitle = 'Invitation';
export const join = (org: string) => `Join ${org}`;
export const invitedBy = (inviter: string, role: string) => `${inviter} invited you as ${role}.`;
export const invited = (role: string) => `You were invited as ${role}.`;

export const organization = 'Organization';
export const role = 'Your role';
export const address = 'Invited address';
export const expires = 'Expires';

export const decline = 'Decline';
export const answersAs = (email: string) => `You are signed in as ${email}.`;

export const signIn = 'Sign in to accept';
export const createAccount = 'Create an account';
export const unreachable = 'The server could not be reached';
export const unreachableHint = 'Check your connection and try again.';

export const signedInAs = (email: ReactNode) => <>You are signed in as {email}</>;
export const otherAddress = (invitedEmail: string) => `This invitation is for ${invitedEmail}. Only that address can accept it.`;
export const switchAccount = 'Switch account';
export const orStay = (email: string, link: (text: string) => ReactNode) => <>or {link(`stay as ${email}`)}</>;

export const member = (org: string) => `You are a member of ${org}`;
export const memberHint = 'There is nothing left to accept.';
export const open = (org: string) => `Open ${org}`;

interface Words {
  title: string;
  text: string;
  step: string;
}

export const unknown: Words = {
  title: 'This invitation link does not work',
  text: 'It may have been cut off, or replaced by a newer one. Look for the newest mail, or ask whoever invited you for a new link.',
  step: 'Start page',
};

const whoever = ({ inviterEmail }: InvitePreview) => inviterEmail ?? 'whoever invited you';

/** What to say of an invite that can no longer be accepted. */
export const closed: Record<Exclude<InvitePreview['state'], 'open'>, (invite: InvitePreview) => Words> = {
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
