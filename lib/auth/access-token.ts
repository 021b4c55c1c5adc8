import type { JWTPayload, ProtectedHeaderParameters } from 'jose';
import { config, type SupabaseConfig } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { logger } from '@/lib/log';
import { type AccessToken, readClaims } from './access-token-claims';
import { refuseAccessToken } from './access-token-refusal';
import { atMostOnceAMinute } from './at-most-once-a-minute';
import type { KeySetSource } from './fetch-key-set';
import { prefetchKeySet } from './key-set';
import { publishesKeys } from './key-set-state';
import { readTokenForm } from './token-form';
import { openVerified, recallVerified, rememberVerified } from './verified-tokens';
import { verifyWithPublishedKeys, verifyWithSecrets } from './verify-signature';

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
  const memory = openVerified();
  const payload = await verifySignature(token, supabase);
  const claims = readClaims(payload, supabase);
  rememberVerified(token, payload, memory);
  return claims;
}

/** Where the project publishes its keys. Older self-hosted gateways guard even those with the anon key. */
export function keySource({ jwksUrl, anonKey }: SupabaseConfig): KeySetSource {
  return { url: jwksUrl, headers: { apikey: anonKey } };
}

/** At start: fetches the published keys ahead of need, and says when issuers are not checked. Never throws. */
export async function prefetchKeys(): Promise<void> {
  const { supabase } = config();
  if (!supabase) return;
  if (supabase.issuer === null) {
    logger().warn(
      { event: 'issuer_unchecked' },
      'SUPABASE_ISSUER=none: tokens of any issuer with a right signature are accepted',
    );
  }
  await prefetchKeySet(keySource(supabase));
}

/** The first half of verifyAccessToken(): form, key, signature, and the times of the signature. Throws DomainError. */
export async function verifySignature(token: string, supabase: SupabaseConfig): Promise<JWTPayload> {
  const header = readTokenForm(token);
  try {
    return await verifyWithKeysOf(supabase, token, header);
  } catch (error) {
    throw refuseAccessToken(error, { token, header, supabase });
  }
}

/** By the algorithm, not by the kid: tokens of the shared secret may carry one that no set knows. */
async function verifyWithKeysOf(supabase: SupabaseConfig, token: string, header: ProtectedHeaderParameters): Promise<JWTPayload> {
  if (header.alg !== 'HS256') return verifyWithPublishedKeys(token, header, keySource(supabase));
  const secrets = [supabase.jwtSecret, supabase.jwtSecretPrevious].filter((secret) => secret !== null);
  const payload = await verifyWithSecrets(token, secrets);
  if (publishesKeys(supabase.jwksUrl)) noteLegacySecret();
  return payload;
}

/** A leaked legacy secret works for as long as it is configured, also after the project has moved to published keys. */
function noteLegacySecret(): void {
  atMostOnceAMinute('legacy-secret', () =>
    logger().warn(
      { event: 'legacy_secret_used' },
      'a token signed with the shared secret was accepted although the project publishes keys: SUPABASE_JWT_SECRET may be removed once its last tokens have expired',
    ),
  );
}
