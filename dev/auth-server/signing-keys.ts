import { randomBytes, randomInt } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { AuthServerConfig } from './options';
import type { Database } from './store/database';
import { readSetting, writeSetting } from './store/settings';

const API_KEY_LIFETIME = '10y';
const REF_LENGTH = 20;

/** An ES256 key as JWKS publishes it and as it signs. */
interface AsymmetricKey {
  kid: string;
  publicJwk: JWK;
  privateKey: CryptoKey | Uint8Array;
  publicKey: CryptoKey | Uint8Array;
}

export interface SigningKeys {
  jwtSecret: string;
  /** UTF-8 bytes of the secret: Supabase never base64-decodes it. */
  hmacKey: Uint8Array;
  /** Present when access tokens are signed with ES256. */
  asymmetric: AsymmetricKey | undefined;
  anonKey: string;
  serviceRoleKey: string;
}

/** Reads the keys of an earlier run from the file, or makes and stores new ones. */
export async function loadSigningKeys(db: Database, config: AuthServerConfig): Promise<SigningKeys> {
  const jwtSecret = loadSecret(db, config.jwtSecret);
  const hmacKey = new TextEncoder().encode(jwtSecret);
  const ref = loadSetting(db, 'ref', randomRef);
  return {
    jwtSecret,
    hmacKey,
    asymmetric: config.algorithm === 'ES256' ? await loadAsymmetricKey(db) : undefined,
    anonKey: await loadApiKey(db, 'anon', ref, hmacKey),
    serviceRoleKey: await loadApiKey(db, 'service_role', ref, hmacKey),
  };
}

function loadSecret(db: Database, given: string | undefined): string {
  if (given !== undefined && given !== readSetting(db, 'jwt_secret')) {
    writeSetting(db, 'jwt_secret', given);
    writeSetting(db, 'api_key:anon', '');
    writeSetting(db, 'api_key:service_role', '');
  }
  return loadSetting(db, 'jwt_secret', () => randomBytes(48).toString('base64'));
}

function loadSetting(db: Database, name: string, make: () => string): string {
  const stored = readSetting(db, name);
  if (stored) return stored;
  const made = make();
  writeSetting(db, name, made);
  return made;
}

async function loadApiKey(db: Database, role: string, ref: string, hmacKey: Uint8Array): Promise<string> {
  const stored = readSetting(db, `api_key:${role}`);
  if (stored) return stored;
  const made = await new SignJWT({ iss: 'supabase', ref, role })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime(API_KEY_LIFETIME)
    .sign(hmacKey);
  writeSetting(db, `api_key:${role}`, made);
  return made;
}

async function loadAsymmetricKey(db: Database): Promise<AsymmetricKey> {
  const stored = readSetting(db, 'es256_private_jwk') ?? (await makePrivateJwk(db));
  const privateJwk: JWK & { kid: string } = JSON.parse(stored);
  const { kty, crv, x, y, kid } = privateJwk;
  const publicJwk: JWK = { alg: 'ES256', crv, ext: true, key_ops: ['verify'], kid, kty, use: 'sig', x, y };
  return {
    kid,
    publicJwk,
    privateKey: await importJWK(privateJwk, 'ES256'),
    publicKey: await importJWK(publicJwk, 'ES256'),
  };
}

async function makePrivateJwk(db: Database): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const made = JSON.stringify({ ...(await exportJWK(privateKey)), kid: crypto.randomUUID(), alg: 'ES256' });
  writeSetting(db, 'es256_private_jwk', made);
  return made;
}

/** Twenty letters, the shape of a hosted project's ref. */
function randomRef(): string {
  return Array.from({ length: REF_LENGTH }, () => String.fromCharCode(97 + randomInt(26))).join('');
}
