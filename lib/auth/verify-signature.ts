import { type CryptoKey, errors, type JWTPayload, jwtVerify, type ProtectedHeaderParameters } from 'jose';
import { CLOCK_TOLERANCE_SECONDS } from './access-token-claims';
import type { KeySetSource } from './fetch-key-set';
import { hmacKey } from './hmac-keys';
import { findPublishedKeys } from './key-set';

// One list a key source (RFC 8725, section 3.1): a public key can never be used as an HMAC secret.
const SECRET_ALGORITHMS = ['HS256'];
const PUBLISHED_ALGORITHMS = ['ES256', 'RS256', 'EdDSA'];

/** The payload of a token signed with one of the secrets. Throws jose's errors. */
export function verifyWithSecrets(token: string, secrets: readonly string[]): Promise<JWTPayload> {
  return verifyWithAny(token, secrets.map(hmacKey), SECRET_ALGORITHMS);
}

/** The payload of a token signed with a key its provider publishes. Throws jose's errors, or auth_provider_unavailable. */
export async function verifyWithPublishedKeys(
  token: string,
  { alg, kid }: ProtectedHeaderParameters,
  source: KeySetSource,
): Promise<JWTPayload> {
  // Before any key is asked for: a token of a foreign kind must not cost the provider a request.
  if (!PUBLISHED_ALGORITHMS.includes(alg ?? '')) throw new errors.JOSEAlgNotAllowed();
  if (kid !== undefined && typeof kid !== 'string') throw new errors.JWSInvalid();
  const keys = await findPublishedKeys(source, { alg, kid });
  return verifyWithAny(token, keys, PUBLISHED_ALGORITHMS);
}

/** Several keys are tried for their signature alone: what else is wrong with a token is wrong with every key. */
async function verifyWithAny(
  token: string,
  keys: readonly (CryptoKey | Promise<CryptoKey>)[],
  algorithms: string[],
): Promise<JWTPayload> {
  for (const key of keys) {
    try {
      const { payload } = await jwtVerify(token, await key, { algorithms, clockTolerance: CLOCK_TOLERANCE_SECONDS });
      return payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
  }
  throw new errors.JWSSignatureVerificationFailed();
}
