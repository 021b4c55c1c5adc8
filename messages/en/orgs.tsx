import type { ReactNode } from 'react';

export const newTitle = 'New organization';
export const newDescription = 'Members, API tokens and sandboxes belong to one. You become its owner.';
export const backToMine = 'Back to my organization';
export const mayNotCreate = 'You may not create organizations on this server';
export const askForInvite = (setting: (name: string) => ReactNode) => (
  <>Ask somebody to invite you into theirs. Operators decide with {setting('PANDASTACK_ORG_CREATION')}.</>
);

export const name = 'Name';
export const nameExample = 'Acme Research';
export const nameProblem = (problem: string) => `The name ${problem}`;
export const slug = 'Slug';
export const slugOptional = 'optional';
export const slugHint = 'Names the organization in addresses and calls. It can never be changed.';
export const slugFromName = 'made from the name';
export const slugProblem = (problem: string) => `The slug ${problem}`;
export const slugRefused = (message: string) => `${message}. Choose another one.`;
export const create = 'Create organization';

export const invitesUnknown = (hint: ReactNode) => (
  <>{hint} Invitations cannot be listed until then; their links work as always.</>
);
export const noInvite = (who: string) => `None is waiting for ${who}.`;
export const yourAccount = 'your account';
export const howToJoin = 'To join, open the link you were given, or ask whoever invited you for a new one.';
export const inviteTerms = (role: string, from: string | null, end: ReactNode) => (
  <>
    {from ? `as ${role}, from ${from}` : `as ${role}`}, ends {end}
  </>
);
