import { createHash, hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { config, type OidcConfig } from '@/lib/config';

/** What a sealed text is for. Each has a key of its own, so that one can never pass as another. */
export type Purpose = 'session' | 'attempt' | 'page-token' | 'refresh';

const ALGORITHM = { alg: 'dir', enc: 'A256GCM' } as const;
const MAX_LENGTH = 32_768;

const holder = globalThis as typeof globalThis & { __pandastackSealKeys?: Map<string, SealKey> };

interface SealKey {
  kid: string;
  bytes: Uint8Array;
}

/** Encrypts a JSON value under the present session secret (JWE, RFC 7516). */
export async function seal(purpose: Purpose, value: object): Promise<string> {
  const { kid, bytes } = keyFor(purpose, oidcConfig(), 0);
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
    .setProtectedHeader({ ...ALGORITHM, kid })
    .encrypt(bytes);
}

/** The value sealed for this purpose with a secret this server knows; undefined for anything else. Never throws for bad input. */
export async function unseal(purpose: Purpose, text: string): Promise<unknown> {
  const key = text.length <= MAX_LENGTH ? findKey(purpose, text) : undefined;
  if (!key) return undefined;
  try {
    const { plaintext } = await compactDecrypt(text, key.bytes, {
      keyManagementAlgorithms: [ALGORITHM.alg],
      contentEncryptionAlgorithms: [ALGORITHM.enc],
    });
    return JSON.parse(new TextDecoder().decode(plaintext));
  } catch {
    return undefined;
  }
}

function findKey(purpose: Purpose, text: string): SealKey | undefined {
  const oidc = oidcConfig();
  try {
    const { kid } = decodeProtectedHeader(text);
    return oidc.sessionSecrets.map((_, index) => keyFor(purpose, oidc, index)).find((key) => key.kid === kid);
  } catch {
    return undefined;
  }
}

/** Provider and client are part of the key: what was sealed for another provider is worth nothing after a move. */
function keyFor(purpose: Purpose, { sessionSecrets, issuer, clientId }: OidcConfig, index: number): SealKey {
  const secret = sessionSecrets[index] ?? '';
  const label = JSON.stringify(['pandastack', 1, purpose, issuer, clientId]);
  const id = createHash('sha256').update(`${label}\0${secret}`).digest('base64url');
  holder.__pandastackSealKeys ??= new Map();
  const known = holder.__pandastackSealKeys.get(id);
  if (known) return known;
  const derive = (info: string, length: number) => new Uint8Array(hkdfSync('sha256', secret, '', `${label} ${info}`, length));
  const key = { kid: Buffer.from(derive('name', 6)).toString('base64url'), bytes: derive('key', 32) };
  holder.__pandastackSealKeys.set(id, key);
  return key;
}

/** The configuration of oidc mode. Throws in every other mode, where nothing here may be called. */
export function oidcConfig(): OidcConfig {
  const { oidc } = config();
  if (!oidc) throw new Error('OpenID Connect is not the sign-in mode of this server');
  return oidc;
}
