import type { ReactNode } from 'react';

export const title = 'Sessions';
export const description = 'Where you are signed in, and how to end it.';

export const thisBrowser = 'This browser';
export const oneFactor = 'One factor';
export const twoFactors = 'Two factors';
export const signedIn = (since: ReactNode, by: readonly string[]) => (
  <>
    Signed in {since}
    {by.length > 0 && ` with ${by.join(' and ')}`}.
  </>
);
export const noList = 'The sign-in service keeps no list of your other sessions; it can end them all.';
/** How somebody proved who they are, under the names of supabase/auth. */
export const methods: Record<string, string> = {
  password: 'password',
  oauth: 'another service',
  otp: 'link or code by mail',
  magiclink: 'link by mail',
  'email/signup': 'confirmation mail',
  email_change: 'link of an e-mail change',
  recovery: 'password reset mail',
  invite: 'invitation mail',
  totp: 'authenticator app',
  'mfa/phone': 'code by phone',
  'mfa/webauthn': 'security key',
  'sso/saml': 'single sign-on',
  passkey: 'passkey',
};

export const signOut = 'Sign out';
export const here = 'Sign out here';
export const hereHint = 'Ends the session of this browser. Others stay signed in.';
export const others = 'Sign out all others';
export const othersHint =
  'Ends every session but this one. What changes anything is refused to them at once; they may still read for up to an hour.';
export const everywhere = 'Sign out everywhere';
export const everywhereHint =
  'Ends every session, this one too. Reading may go on elsewhere for up to an hour, until the tokens run out.';

export const othersEnded = 'All other sessions were ended.';
export const othersUnknown = 'It is not known whether the others were ended';
export const othersUnknownHint =
  'The sign-in service did not confirm it. Try again in a few seconds; this browser stays signed in.';
