import type { AuthProblem } from '@/app/auth/_parts/auth-problem';

/** What differs from the words of signing in, under the codes of supabase/auth. */
export const problems: Record<string, Omit<AuthProblem, 'code'>> = {
  mfa_verification_failed: {
    message: 'That code is not right',
    hint: 'Enter the one shown now; codes change every 30 seconds. If it stays, set the clock of your phone to automatic.',
  },
  mfa_challenge_expired: { message: 'That took too long', hint: 'Enter the code that is shown now.' },
  mfa_ip_address_mismatch: { message: 'Your network changed in between', hint: 'Enter the code that is shown now.' },
  mfa_verification_rejected: { message: 'The sign-in service refused the code', hint: 'Ask the operator of this server.' },
  mfa_factor_not_found: { message: 'This authenticator is not registered any more', hint: 'Reload the page.' },
  mfa_factor_name_conflict: { message: 'You have an authenticator of that name', hint: 'Choose another name.' },
  too_many_enrolled_mfa_factors: { message: 'You have as many authenticators as are allowed', hint: 'Remove one first.' },
  mfa_totp_enroll_not_enabled: {
    message: 'Authenticator apps are switched off here',
    hint: 'Operators: enable TOTP in the Supabase project.',
  },
  mfa_totp_verify_not_enabled: {
    message: 'Authenticator apps are switched off here',
    hint: 'Operators: enable TOTP in the Supabase project.',
  },
  // Not whether somebody has it: addresses of others are nobody's business.
  email_exists: { message: 'That address cannot be used', hint: 'Check it, or choose another one.' },
  user_sso_managed: {
    message: 'Your identity provider manages this account',
    hint: 'Change it there; single sign-on brings it here.',
  },
  reauthentication_not_valid: {
    message: 'That code is wrong or too old',
    hint: 'Use the newest mail, or have another one sent.',
  },
  reauth_nonce_missing: { message: 'The code from the mail is missing', hint: 'Enter it and save again.' },
  current_password_required: { message: 'Enter your present password too', hint: 'Then save again.' },
  // The constant of supabase/auth is called CurrentPasswordMismatch; this is what it sends.
  current_password_invalid: {
    message: 'That is not your present password',
    hint: 'Without it, sign out and use “Forgot it?” on the sign-in page.',
  },
  manual_linking_disabled: {
    message: 'Linking accounts is switched off here',
    hint: 'Operators: enable manual linking in the Supabase project.',
  },
  identity_already_exists: {
    message: 'That account is linked already',
    hint: 'Perhaps to another account here: sign in with it to see.',
  },
  identity_not_found: { message: 'It was removed already', hint: 'Reload the page.' },
  single_identity_not_deletable: { message: 'This is your only way in', hint: 'Add another one first.' },
  email_conflict_identity_not_deletable: {
    message: 'This one cannot be removed',
    hint: 'The address that would remain belongs to another account.',
  },
  provider_disabled: { message: 'That provider is switched off here', hint: 'Choose another one.' },
  oauth_provider_not_supported: { message: 'That provider is switched off here', hint: 'Choose another one.' },
};
