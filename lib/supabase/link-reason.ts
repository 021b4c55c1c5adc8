/** Why a link or a sign-in with a provider did not end in a session. Our own words; a provider's text is never shown. */
export const LINK_REASONS = [
  'link_expired',
  'link_used',
  'confirmed_late',
  'other_browser',
  'malformed',
  'denied',
  'banned',
  'signup_closed',
  'provider_email',
  'restart',
  'too_many',
  'unavailable',
  'email_change_half',
  'identity_taken',
  'failed',
] as const;

export type LinkReason = (typeof LINK_REASONS)[number];

/** The reason in a query; `failed` for anything we did not write ourselves. */
export function readLinkReason(value: unknown): LinkReason {
  return LINK_REASONS.find((reason) => reason === value) ?? 'failed';
}

const REASON_OF_CODE: Record<string, LinkReason> = {
  otp_expired: 'link_expired',
  // The link itself worked, and with it the confirmation; only its trade for a session came too late.
  flow_state_expired: 'confirmed_late',
  flow_state_not_found: 'link_used',
  bad_code_verifier: 'other_browser',
  pkce_code_verifier_not_found: 'other_browser',
  validation_failed: 'other_browser',
  user_banned: 'banned',
  signup_disabled: 'signup_closed',
  user_sso_managed: 'denied',
  provider_disabled: 'denied',
  sso_provider_disabled: 'denied',
  email_provider_disabled: 'signup_closed',
  provider_email_needs_verification: 'provider_email',
  identity_already_exists: 'identity_taken',
  bad_oauth_state: 'restart',
  bad_oauth_callback: 'restart',
  over_request_rate_limit: 'too_many',
  over_email_send_rate_limit: 'too_many',
  access_denied: 'denied',
  server_error: 'unavailable',
  temporarily_unavailable: 'unavailable',
  unexpected_failure: 'unavailable',
  request_timeout: 'unavailable',
};

/** The auth server's error, from a query, a fragment or an answer: the precise code first, then OAuth's coarse one. */
export function linkReasonOf(errorCode: string | null | undefined, error?: string | null): LinkReason {
  return REASON_OF_CODE[errorCode ?? ''] ?? REASON_OF_CODE[error ?? ''] ?? 'failed';
}
