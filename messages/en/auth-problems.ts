import type { AuthProblem } from '@/app/auth/_parts/auth-problem';

type Words = Omit<AuthProblem, 'code'>;

const off: Words = {
  message: 'This way to sign in is switched off',
  hint: 'Choose another one, or ask the operator of this server.',
};

/** Under the codes of supabase/auth and our own. */
export const problems: Record<string, Words> = {
  // One sentence for an unknown address and a wrong password: the answer must not tell which addresses have accounts.
  invalid_credentials: {
    message: 'That e-mail and password do not match',
    hint: 'Check both, or have a sign-in link mailed to you.',
  },
  email_not_confirmed: {
    message: 'Your address is not confirmed yet',
    hint: 'Open the link in the confirmation mail.',
  },
  user_banned: { message: 'This account is banned', hint: 'Ask the operator of this server.' },
  otp_expired: { message: 'That code is wrong or too old', hint: 'Use the newest mail, or send another one.' },
  email_address_invalid: { message: 'That e-mail address is not accepted', hint: 'Check it for a typing mistake.' },
  email_address_not_authorized: { message: 'Mail cannot be sent to that address', hint: 'Ask the operator of this server.' },
  foreign_domain: {
    message: 'Accounts here are for other addresses',
    hint: 'Use your work address, or ask somebody here for an invitation.',
  },
  signup_disabled: { message: 'New accounts cannot be made here', hint: 'Ask somebody in your organization for an invitation.' },
  sso_provider_not_found: {
    message: 'No single sign-on is set up for that domain',
    hint: 'Check the address, or sign in another way.',
  },
  user_sso_managed: { message: 'This account signs in by single sign-on', hint: 'Choose “Continue with SSO”.' },
  sso_provider_disabled: off,
  saml_provider_disabled: off,
  provider_disabled: off,
  oauth_provider_not_supported: off,
  email_provider_disabled: off,
  otp_disabled: { message: 'There is no account for that address', hint: 'Ask somebody in your organization for an invitation.' },
  user_already_exists: { message: 'An account could not be made', hint: 'If you have one already, sign in instead.' },
  email_exists: { message: 'An account could not be made', hint: 'If you have one already, sign in instead.' },
  same_password: { message: 'That is your present password', hint: 'Choose another one.' },
  reauthentication_needed: { message: 'Sign in again to change the password', hint: 'Your sign-in was too long ago.' },
  over_request_rate_limit: { message: 'Too many attempts', hint: 'Wait a minute and try again.' },
  over_email_send_rate_limit: { message: 'A mail was sent a moment ago', hint: 'Wait a minute before asking for another one.' },
  captcha_failed: {
    message: 'The sign-in service asks for a captcha',
    hint: 'Operators: this dashboard does not support captchas yet.',
  },
  insecure_page: {
    message: 'Sign-in links need https',
    hint: 'Open the dashboard over https (or on localhost), or sign in with your password.',
  },
};

export const unreachable: Words = {
  message: 'The sign-in service cannot be reached',
  hint: 'Try again in a few seconds.',
};
export const unknown: Words = {
  message: 'That did not work',
  hint: 'Try again; if it stays, ask the operator of this server.',
};

export const weakPassword = 'That password is too easy to guess';
export const useLonger = 'Use a longer one.';
export const weaknesses: Record<string, string> = {
  length: 'Use more characters.',
  characters: 'Mix upper and lower case letters, digits and symbols.',
  pwned: 'It appears in a list of leaked passwords; choose another one.',
};
