import { constants, createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type KeyServer, startKeyServer } from '@/e2e/support/key-server';
import { ordinaryClaims, setConfig, startTestProject, type TestProject } from '@/e2e/support/test-project';
import { asDomainError } from '@/lib/errors';
import { verifyAccessToken } from '../access-token';
import { dropKeys } from '../drop-keys';

// Every token here is signed as its header says, by a key that would verify it: what refuses it is the list of algorithms alone.
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const P256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const P384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const P521 = generateKeyPairSync('ec', { namedCurve: 'P-521' });
const SECP256K1 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
const ED25519 = generateKeyPairSync('ed25519');
const ED448 = generateKeyPairSync('ed448');

let project: TestProject;
let server: KeyServer;
beforeAll(async () => {
  project = await startTestProject();
  server = await startKeyServer();
});
afterAll(async () => {
  await server.close();
  await project.close();
});
beforeEach(() => {
  const { url: SUPABASE_URL, anonKey: SUPABASE_ANON_KEY, secret: SUPABASE_JWT_SECRET } = project;
  setConfig({ SUPABASE_URL, SUPABASE_ANON_KEY, SUPABASE_JWT_SECRET, SUPABASE_JWKS_URL: server.url });
  dropKeys();
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token over ordinary claims, its signature made by `make` over the bytes that are signed. */
function token(header: Record<string, unknown>, make: (signed: Buffer) => Buffer): string {
  const signed = `${encode({ typ: 'JWT', ...header })}.${encode(ordinaryClaims(project.issuer))}`;
  return `${signed}.${make(Buffer.from(signed)).toString('base64url')}`;
}

const hmac = (digest: string) => (signed: Buffer) => createHmac(digest, project.secret).update(signed).digest();
const rsa = (digest: string) => (signed: Buffer) => sign(digest, signed, RSA.privateKey);
const pss = (digest: string) => (signed: Buffer) => {
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants;
  return sign(digest, signed, { key: RSA.privateKey, padding, saltLength });
};
const ecdsa = (digest: string, key: KeyObject) => (signed: Buffer) => sign(digest, signed, { key, dsaEncoding: 'ieee-p1363' });
const eddsa = (key: KeyObject) => (signed: Buffer) => sign(null, signed, key);

async function verdict(made: string): Promise<string> {
  try {
    await verifyAccessToken(made);
    return 'accepted';
  } catch (error) {
    return asDomainError(error).code;
  }
}

type Pair = { publicKey: KeyObject };
const published = ({ publicKey }: Pair, alg?: string) => ({ ...publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg });

test.each([
  ['HS384', 'sha384'],
  ['HS512', 'sha512'],
])('J14 %s, rightly signed with the project’s secret, is not on the list', async (alg, digest) => {
  expect(await verdict(token({ alg: 'HS256' }, hmac('sha256')))).toBe('accepted');
  expect(await verdict(token({ alg }, hmac(digest)))).toBe('invalid_token');
});

const FOREIGN: [alg: string, pair: Pair, make: (signed: Buffer) => Buffer][] = [
  ['RS384', RSA, rsa('sha384')],
  ['RS512', RSA, rsa('sha512')],
  ['PS256', RSA, pss('sha256')],
  ['PS384', RSA, pss('sha384')],
  ['PS512', RSA, pss('sha512')],
  ['ES384', P384, ecdsa('sha384', P384.privateKey)],
  ['ES512', P521, ecdsa('sha512', P521.privateKey)],
  ['ES256K', SECP256K1, ecdsa('sha256', SECP256K1.privateKey)],
  ['Ed448', ED448, eddsa(ED448.privateKey)],
  ['Ed25519', ED25519, eddsa(ED25519.privateKey)],
];

describe.each(FOREIGN)('J16 %s, rightly signed,', (alg, pair, make) => {
  test('is refused, whether its key is published for it or for any use', async () => {
    for (const jwk of [published(pair, alg), published(pair)]) {
      server.publish([jwk]);
      dropKeys();
      expect(await verdict(token({ alg, kid: 'k' }, make))).toBe('invalid_token');
    }
  });

  test('is refused under the name of an algorithm of the list too', async () => {
    server.publish([published(pair, alg), published(pair)]);
    // EdDSA over Ed25519 is on the list by its other name: then the token is simply right.
    const names = ['ES256', 'RS256', 'EdDSA'].filter((name) => !(alg === 'Ed25519' && name === 'EdDSA'));
    for (const name of names) expect(await verdict(token({ alg: name, kid: 'k' }, make))).toBe('invalid_signature');
  });
});

describe('J16 EdDSA', () => {
  const made = () => token({ alg: 'EdDSA', kid: 'k' }, eddsa(ED25519.privateKey));

  test('is refused while the project publishes no such key', async () => {
    server.publish([{ ...published(RSA, 'RS256'), kid: 'other' }]);
    expect(await verdict(made())).toBe('invalid_signature');
  });

  test('is accepted once it does', async () => {
    server.publish([published(ED25519, 'EdDSA')]);
    expect(await verdict(made())).toBe('accepted');
  });
});

describe('J26 a key or a certificate in the header', () => {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = own.publicKey.export({ format: 'jwk' });
  const ownRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rsaJwk = ownRsa.publicKey.export({ format: 'jwk' });

  test.each([
    ['jwk', { jwk }],
    ['jwk under the name of a published key', { jwk: { ...jwk, kid: 'k' }, kid: 'k' }],
    ['jwk that is said to be critical', { jwk, crit: ['jwk'] }],
    ['x5c', { x5c: [own.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')], kid: 'k' }],
    ['x5t', { x5t: 'AAAA', 'x5t#S256': 'AAAA', kid: 'k' }],
  ])('(%s) verifies nothing', async (_title, header) => {
    server.publish([published(P256, 'ES256')]);
    const made = token({ alg: 'ES256', ...header }, ecdsa('sha256', own.privateKey));
    expect(['invalid_signature', 'invalid_token']).toContain(await verdict(made));
  });

  test('(an RSA jwk) verifies nothing', async () => {
    server.publish([published(RSA, 'RS256')]);
    const made = token({ alg: 'RS256', kid: 'k', jwk: rsaJwk }, (signed) => sign('sha256', signed, ownRsa.privateKey));
    expect(await verdict(made)).toBe('invalid_signature');
  });
});

test.each([
  ['a header that must be understood', { crit: ['exp'], exp: 1 }],
  ['an unencoded payload', { crit: ['b64'], b64: false }],
  ['a kid that is no text', { kid: { $ne: '' } }],
  ['a kid that is a list', { kid: ['k'] }],
  ['another kind of token', { typ: 'dpop+jwt' }],
])('%s is refused although the signature is right', async (_title, header) => {
  server.publish([published(P256, 'ES256')]);
  expect(await verdict(token({ alg: 'ES256', kid: 'k' }, ecdsa('sha256', P256.privateKey)))).toBe('accepted');
  expect(await verdict(token({ alg: 'ES256', kid: 'k', ...header }, ecdsa('sha256', P256.privateKey)))).toBe('invalid_token');
});

test.each([`../../${randomUUID()}`, "k' OR '1'='1", '/dev/null', 'https://evil.example/jwks.json', '__proto__', 'k\0'])(
  'the kid %j is compared as a name and nothing else',
  async (kid) => {
    server.publish([published(P256, 'ES256')]);
    expect(await verdict(token({ alg: 'ES256', kid }, ecdsa('sha256', P256.privateKey)))).toBe('invalid_signature');
  },
);
