import { type CryptoKey, importJWK } from 'jose';
import { logger } from '@/lib/log';
import { atMostOnceAMinute } from './at-most-once-a-minute';

/** What a published key may be used for: one algorithm a key (RFC 8725, section 3.1), and never a symmetric one. */
export type PublishedAlgorithm = 'ES256' | 'RS256' | 'EdDSA';

export interface PublishedKey {
  kid: string | undefined;
  alg: PublishedAlgorithm;
  key: CryptoKey;
  /** Equal for equal keys: tells whether a set still holds a key. */
  identity: string;
}

const SHORTEST_RSA_BITS = 2048;
/** Beyond this a single verification takes so long that it serves an attacker. */
const LONGEST_RSA_BITS = 8192;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

type Jwk = Record<string, unknown>;

/** The keys of a set that can verify signatures here. The others are left out one by one, those that hold a secret with an ERROR. */
export async function importPublishedKeys(listed: unknown[]): Promise<PublishedKey[]> {
  const imported = await Promise.all(listed.map(importOne));
  return imported.filter((key) => key !== undefined);
}

async function importOne(jwk: unknown): Promise<PublishedKey | undefined> {
  if (typeof jwk !== 'object' || jwk === null) return undefined;
  const given: Jwk = { ...jwk };
  if (holdsSecret(given)) return refuseSecret(given);
  const alg = algorithmOf(given);
  if (!alg || !isForSignatures(given) || (given.kid !== undefined && typeof given.kid !== 'string')) return undefined;
  const { kty, crv, x, y, n, e } = given;
  const publicMembers = { kty: String(kty), ...strings({ crv, x, y, n, e }) };
  try {
    const key = await importJWK(publicMembers, alg);
    if (key instanceof Uint8Array || isWeak(key)) return refuseWeak(given);
    return { kid: given.kid, alg, key, identity: JSON.stringify([given.kid ?? null, alg, publicMembers]) };
  } catch {
    return undefined; // A point off its curve, a modulus that is no number.
  }
}

function holdsSecret(jwk: Jwk): boolean {
  return jwk.kty === 'oct' || PRIVATE_MEMBERS.some((member) => jwk[member] !== undefined);
}

function algorithmOf({ kty, crv, alg }: Jwk): PublishedAlgorithm | undefined {
  const natural = naturalAlgorithm(kty, crv);
  // RFC 9864 names EdDSA on this curve "Ed25519".
  const fits = alg === undefined || alg === natural || (alg === 'Ed25519' && natural === 'EdDSA');
  return fits ? natural : undefined;
}

function naturalAlgorithm(kty: unknown, crv: unknown): PublishedAlgorithm | undefined {
  if (kty === 'RSA') return 'RS256';
  if (kty === 'EC' && crv === 'P-256') return 'ES256';
  return kty === 'OKP' && crv === 'Ed25519' ? 'EdDSA' : undefined;
}

function isForSignatures({ use, key_ops }: Jwk): boolean {
  if (use !== undefined && use !== 'sig') return false;
  return key_ops === undefined || (Array.isArray(key_ops) && key_ops.includes('verify'));
}

function strings(members: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function isWeak({ algorithm }: CryptoKey): boolean {
  if (!('modulusLength' in algorithm) || !('publicExponent' in algorithm)) return false;
  const bits = Number(algorithm.modulusLength);
  const exponent = algorithm.publicExponent instanceof Uint8Array ? Buffer.from(algorithm.publicExponent) : Buffer.alloc(0);
  const isTrivial = BigInt(`0x${exponent.toString('hex') || '0'}`) < 3n;
  return bits < SHORTEST_RSA_BITS || bits > LONGEST_RSA_BITS || isTrivial;
}

function refuseSecret({ kid }: Jwk): undefined {
  atMostOnceAMinute('secret-in-key-set', () =>
    logger().error({ event: 'jwks_holds_secret', kid }, 'the key set publishes a key with secret parts; that key is not used'),
  );
}

function refuseWeak({ kid }: Jwk): undefined {
  atMostOnceAMinute('weak-key-in-key-set', () =>
    logger().warn({ event: 'jwks_weak_key', kid }, 'the key set holds a key of a length or form that is not used'),
  );
}
