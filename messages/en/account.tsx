import type { ReactNode } from 'react';

export const backTo = (org: string) => `Back to ${org}`;
export const profile = 'Profile';
export const security = 'Security';
export const sessions = 'Sessions';

export const profileHint = 'Who you are on this server, and where you belong.';
export const identity = 'Identity';
export const email = 'E-mail';
export const userId = 'User id';
export const copyUserId = 'Copy my user id';
export const signInMethods = 'Sign-in methods';
export const manage = 'Manage';
export const memberSince = 'Member since';
export const none = 'none';

export const organizations = 'Organizations';
export const noOrganization = (startPage: (text: string) => ReactNode) => (
  <>You belong to none yet. The {startPage('start page')} says how to come into one.</>
);
export const members = 'Members';
export const membersOf = (org: string) => `Members of ${org}`;

export const managedTitle = 'Sign-in';
export const managedHint =
  'Your identity provider manages your address, your password, two-factor sign-in and your other sessions. Change them there; they arrive here with your next sign-in.';
export const signOutHere = 'Sign out of this browser';

export const signedOutElsewhere = 'You were signed out elsewhere';
export const reload = 'Nothing was changed. Reload the page in a few seconds.';
export const signInAgain = 'Sign in again';
