import type { ReactNode } from 'react';

export const title = 'Security';
export const description = 'How you prove that it is you.';

export const twoFactor = 'Two-factor sign-in';
export const twoFactorHint = 'After your password or provider, a code from an authenticator app.';
export const on = 'On';
export const off = 'Off';
export const added = (when: ReactNode) => <>added {when}</>;
export const addSecond = 'Add a second authenticator';
export const ifLost = 'If you lose your authenticator';
export const noRecoveryCodes =
  'There are no recovery codes. A second authenticator, on another device or in a password manager, is the way back in; without one only the operator of this server can remove the lost one.';
export const add = 'Add an authenticator';
export const addTitle = 'Add an authenticator app';
export const addDone = 'The authenticator works. Browsers that did not show a second factor are signed out.';

export const remove = 'Remove';
export const removeOf = (name: string) => `Remove ${name}`;
export const removeTitle = (name: string) => `Remove ${name}?`;
export const removed = (name: string) => `${name} was removed`;
export const removeLastHint =
  'Two-factor sign-in is off afterwards. Organizations that ask for it open only after you set it up again.';
export const removeHint = 'Its codes stop working at once. Your other authenticators stay.';

export const password = 'Password';
export const passwordHint = 'Saving a new one signs you out of every other browser; this one stays signed in.';
export const firstPasswordHint =
  'Set one to sign in with your e-mail address as well. Saving a new one signs you out of every other browser; this one stays signed in.';
export const passwordSaved = 'Your password was saved. Other browsers are signed out.';

export const methods = 'Sign-in methods';
export const methodsHint = 'Each of them opens this account. The last one cannot be removed.';
export const since = (when: ReactNode) => <>since {when}</>;
export const emailSince = (email: string, when: ReactNode) => (
  <>
    {email}, since {when}
  </>
);
export const link = (provider: string) => `Add ${provider}`;
export const unlinkOf = (provider: string, email: string | null) =>
  email ? `Remove ${provider} (${email})` : `Remove ${provider}`;
export const unlinkHint = 'It no longer opens this account. You can add it again while you are signed in another way.';
