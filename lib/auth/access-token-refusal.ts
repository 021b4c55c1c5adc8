import { decodeJwt, errors, type JWTPayload, type ProtectedHeaderParameters } from 'jose';
import type { SupabaseConfig } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { issuerMismatch, projectKeyRefusal } from './access-token-claims';

interface Refused {
  token: string;
  header: ProtectedHeaderParameters;
  supabase: SupabaseConfig;
}

/** The refusal of a token that failed. Its unverified claims are read only to choose the words that tell the cause. */
export function refuseAccessToken(error: unknown, { token, header, supabase }: Refused): DomainError {
  if (error instanceof DomainError) return error;
  const claims = peek(token);
  const projectKey = projectKeyRefusal(claims);
  if (projectKey) return projectKey;
  if (error instanceof errors.JWTExpired) {
    return new DomainError('token_expired', 'This access token has expired', { hint: 'Refresh the session or sign in again.' });
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf' && error.reason === 'check_failed') {
    return new DomainError('token_not_yet_valid', 'This access token is not valid yet', {
      hint: 'Check the clocks of this server and the auth server.',
    });
  }
  if (typeof claims.iss === 'string' && supabase.issuer !== null && claims.iss !== supabase.issuer) {
    return issuerMismatch(claims.iss, supabase.issuer);
  }
  return refuseSignature(error, header, supabase);
}

function refuseSignature(error: unknown, header: ProtectedHeaderParameters, supabase: SupabaseConfig): DomainError {
  if (!(error instanceof errors.JWSSignatureVerificationFailed))
    return new DomainError('invalid_token', 'This access token is malformed or of a kind this server does not accept');
  return new DomainError('invalid_signature', 'The signature of this access token is invalid', {
    hint: hintFor(header, supabase),
  });
}

function hintFor({ alg }: ProtectedHeaderParameters, { jwtSecret }: SupabaseConfig): string {
  if (alg !== 'HS256') return 'Its key is not among the keys of the project in SUPABASE_URL.';
  return jwtSecret
    ? "SUPABASE_JWT_SECRET must be exactly the project's JWT secret; after a rotation, sign in again."
    : 'It is signed with a shared secret and SUPABASE_JWT_SECRET is not set.';
}

function peek(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}
