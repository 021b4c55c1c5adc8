import {
  type CryptoKey,
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
  type ProtectedHeaderParameters,
} from 'jose';
import { config, type SupabaseConfig } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { type AccessToken, CLOCK_TOLERANCE_SECONDS, issuerMismatch, projectKeyRefusal, readClaims } from './access-token-claims';
import { recallVerified, rememberVerified } from './verified-tokens';

/** Longer than any token Supabase issues; keeps hostile ones from costing time. */
const MAX_TOKEN_LENGTH = 12_288;
// One list a key source (RFC 8725, section 3.1): a public key can never be used as an HMAC secret.
const SECRET_ALGORITHMS = ['HS256'];
const JWKS_ALGORITHMS = ['ES256', 'RS256', 'EdDSA'];

/**
 * Verifies a Supabase access token: signature, issuer, audience, times, subject, session and role.
 * The one verifier of API and pages. Throws DomainError: 401 with the exact cause, 403 for anonymous users,
 * 503 auth_provider_unavailable when the keys cannot be had.
 */
export async function verifyAccessToken(token: string): Promise<AccessToken> {
  const { supabase } = config();
  if (!supabase) throw new DomainError('invalid_token', 'This server does not accept access tokens');
  const recalled = recallVerified(token);
  if (recalled) return readClaims(recalled, supabase);
  const payload = await verifySignature(token, supabase);
  const claims = readClaims(payload, supabase);
  rememberVerified(token, payload);
  return claims;
}

async function verifySignature(token: string, supabase: SupabaseConfig): Promise<JWTPayload> {
  const header = readHeader(token);
  const options = { clockTolerance: CLOCK_TOLERANCE_SECONDS };
  try {
    if (header.alg === 'HS256' && supabase.jwtSecret) return await verifyWithSecrets(token, supabase, options);
    const { payload } = await jwtVerify(token, jwks(supabase), { ...options, algorithms: JWKS_ALGORITHMS });
    return payload;
  } catch (error) {
    throw refusal(error, token, header, supabase);
  }
}

async function verifyWithSecrets(
  token: string,
  supabase: SupabaseConfig,
  options: { clockTolerance: number },
): Promise<JWTPayload> {
  const secrets = [supabase.jwtSecret, supabase.jwtSecretPrevious].filter((secret) => secret !== null);
  for (const [index, secret] of secrets.entries()) {
    try {
      const { payload } = await jwtVerify(token, await hmacKey(secret), { ...options, algorithms: SECRET_ALGORITHMS });
      return payload;
    } catch (error) {
      const lastChance = index === secrets.length - 1;
      if (lastChance || !(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
  }
  throw new errors.JWSSignatureVerificationFailed();
}

function readHeader(token: string): ProtectedHeaderParameters {
  if (token.length > MAX_TOKEN_LENGTH) throw new DomainError('invalid_token', 'This access token is too long to be one');
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw new DomainError('invalid_token', 'This is not an access token', {
      hint: 'Send the access_token of a signed-in session, or an API token that begins with pds_.',
    });
  }
}

const caches = globalThis as typeof globalThis & {
  __pandastackHmacKeys?: Map<string, Promise<CryptoKey>>;
  __pandastackJwks?: Map<string, JWTVerifyGetKey>;
};

/** The key is the UTF-8 text of the secret; Supabase never base64-decodes it. */
function hmacKey(secret: string): Promise<CryptoKey> {
  caches.__pandastackHmacKeys ??= new Map();
  const known = caches.__pandastackHmacKeys.get(secret);
  if (known) return known;
  const key = crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'verify',
  ]);
  caches.__pandastackHmacKeys.set(secret, key);
  return key;
}

function jwks({ jwksUrl, anonKey }: SupabaseConfig): JWTVerifyGetKey {
  caches.__pandastackJwks ??= new Map();
  const known = caches.__pandastackJwks.get(jwksUrl);
  if (known) return known;
  // Older self-hosted gateways guard even the public keys with the anon key.
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: 5_000,
    cooldownDuration: 30_000,
    cacheMaxAge: 600_000,
    headers: { apikey: anonKey },
  });
  caches.__pandastackJwks.set(jwksUrl, keys);
  return keys;
}

/** After the refusal the unverified claims may be read, only to choose which words tell the cause. */
function refusal(error: unknown, token: string, header: ProtectedHeaderParameters, supabase: SupabaseConfig): DomainError {
  if (error instanceof DomainError) return error;
  if (isProviderOutage(error)) {
    return new DomainError('auth_provider_unavailable', 'The sign-in service cannot be reached to check this token', {
      hint: 'Try again shortly. Operators: check SUPABASE_URL or SUPABASE_JWKS_URL.',
      cause: error,
    });
  }
  const claims = peek(token);
  const projectKey = projectKeyRefusal(claims);
  if (projectKey) return projectKey;
  if (error instanceof errors.JWTExpired) {
    return new DomainError('token_expired', 'This access token has expired', { hint: 'Refresh the session or sign in again.' });
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf') {
    return new DomainError('token_not_yet_valid', 'This access token is not valid yet', {
      hint: 'Check the clocks of this server and the auth server.',
    });
  }
  if (typeof claims.iss === 'string' && supabase.issuer !== null && claims.iss !== supabase.issuer) {
    return issuerMismatch(claims.iss, supabase.issuer);
  }
  return signatureRefusal(error, header, supabase);
}

function signatureRefusal(error: unknown, header: ProtectedHeaderParameters, supabase: SupabaseConfig): DomainError {
  const badSignature =
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys;
  if (!badSignature)
    return new DomainError('invalid_token', 'This access token is malformed or of a kind this server does not accept');
  const hint =
    header.alg !== 'HS256'
      ? 'Its key is not among the keys of the project in SUPABASE_URL.'
      : supabase.jwtSecret
        ? "SUPABASE_JWT_SECRET must be exactly the project's JWT secret; after a rotation, sign in again."
        : 'It is signed with a shared secret and SUPABASE_JWT_SECRET is not set.';
  return new DomainError('invalid_signature', 'The signature of this access token is invalid', { hint });
}

/** Whatever went wrong on the way to the keys, rather than with the token. */
function isProviderOutage(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  if (error instanceof TypeError) return true;
  return error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC';
}

function peek(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}
