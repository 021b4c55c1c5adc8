import * as client from 'openid-client';

/**
 * What a failed call says: `ended`, the grant is used up, revoked or was never given; `refused`, the token was not accepted;
 * `outage`, nothing about the person at all. Our own client being refused is an outage too: it must sign nobody out.
 */
export type Failure = 'ended' | 'refused' | 'outage';

export function failureOf(error: unknown): Failure {
  if (error instanceof client.ResponseBodyError) return error.error === 'invalid_grant' ? 'ended' : 'outage';
  if (error instanceof client.WWWAuthenticateChallengeError)
    return error.status === 401 || error.status === 403 ? 'refused' : 'outage';
  const response = error instanceof Error ? error.cause : undefined;
  return response instanceof Response && (response.status === 401 || response.status === 403) ? 'refused' : 'outage';
}

/** Whether the provider answered, and what it answered cannot be trusted: a wrong nonce, another subject, a bad claim. */
export function isBadAnswer(error: unknown): boolean {
  const code = error instanceof client.ClientError ? error.code : undefined;
  return code !== undefined && BAD_ANSWERS.has(code);
}

const BAD_ANSWERS = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_UNSUPPORTED_OPERATION',
  'OAUTH_PARSE_ERROR',
]);
