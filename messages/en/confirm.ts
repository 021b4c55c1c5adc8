export const pageTitle = 'Confirm';
export const titles: Record<string, string> = {
  signup: 'Confirm your address',
  invite: 'Accept your account',
  magiclink: 'Sign in',
  email: 'Sign in',
  recovery: 'Choose a new password',
  email_change: 'Confirm your new address',
};
export const description = 'One click finishes it.';
