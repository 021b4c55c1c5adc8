import * as client from 'openid-client';
import { DomainError } from '@/lib/errors';
import { oidcProvider, unavailable } from './provider';
import { failureOf, isBadAnswer } from './provider-error';
import { subjectOf } from './user-id';

/**
 * Asks the provider for the person behind an access token, with that token, and returns their proven address. Throws
 * session_revoked, email_not_verified, or auth_provider_unavailable when it cannot answer.
 */
export async function fetchVerifiedEmail(userId: string, accessToken: string): Promise<string> {
  const provider = await oidcProvider();
  const subject = subjectOf(provider.serverMetadata().issuer, userId);
  if (subject === null) throw revoked();
  const claims = await client.fetchUserInfo(provider, accessToken, subject).catch((error: unknown) => {
    // Another subject than the session's, or a token the provider no longer takes.
    if (failureOf(error) === 'refused' || isBadAnswer(error)) throw revoked(error);
    return unavailable(error);
  });
  if (claims.email && claims.email_verified === true) return claims.email;
  throw new DomainError('email_not_verified', 'Your e-mail address is not verified', {
    hint: 'Verify it at the service you sign in with, then sign in here again.',
  });
}

function revoked(cause?: unknown): DomainError {
  return new DomainError('session_revoked', 'This session has ended', {
    hint: 'Sign in again. A token that was issued for an API alone cannot do this: use the dashboard.',
    cause,
  });
}
