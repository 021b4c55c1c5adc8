export const signIn = 'Sign in';
export const forgot = 'Forgot it?';
export const or = 'or';
export const mailLink = 'E-mail me a sign-in link';
export const continueWith = (provider: string) => `Continue with ${provider}`;
export const continueWithSso = 'Continue with SSO';
export const lastUsed = 'Last used';

export const sentLink = 'If it has an account here, a sign-in link is on its way. Open the link in this browser.';
export const sentLinkOrAccount =
  'A sign-in link is on its way; it makes your account if you have none. Open the link in this browser.';
export const sentConfirmation = 'If it still waits for its confirmation, the mail is on its way. Open the link in this browser.';
export const sendConfirmation = 'Send the confirmation mail again';
