import { generateKeyPairSync } from 'node:crypto';
import { exportJWK } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type KeyServer, newSigningKey, type SigningKey, startKeyServer } from '@/e2e/support/key-server';
import {
  ordinaryClaims,
  setConfig,
  signAsymmetric,
  signHs256,
  startTestProject,
  type TestProject,
} from '@/e2e/support/test-project';
import { asDomainError } from '@/lib/errors';
import { logger } from '@/lib/log';
import { verifyAccessToken } from '../access-token';
import { forgetTold } from '../at-most-once-a-minute';
import { dropKeys } from '../drop-keys';
import { keySetStatistics } from '../key-set-state';

let project: TestProject;
let server: KeyServer;
let k1: SigningKey;
let k2: SigningKey;
let k3: SigningKey;

beforeAll(async () => {
  project = await startTestProject();
  [k1, k2, k3] = await Promise.all([newSigningKey('ES256', 'k1'), newSigningKey('RS256', 'k2'), newSigningKey('ES256', 'k3')]);
});
afterAll(() => project.close());

beforeEach(async () => {
  server = await startKeyServer([k1.jwk, k2.jwk]);
  setConfig(environment());
  dropKeys();
  forgetTold();
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await server.close();
});

const environment = () => ({
  SUPABASE_URL: project.url,
  SUPABASE_ANON_KEY: project.anonKey,
  SUPABASE_JWT_SECRET: project.secret,
  SUPABASE_JWKS_URL: server.url,
});
const minutes = (count: number) => vi.setSystemTime(Date.now() + count * 60_000);
const claims = () => ordinaryClaims(project.issuer);
const signed = (key: SigningKey, kid = key.jwk.kid) => signAsymmetric(claims(), key, kid);
const tokenOf = signed;

async function codeOf(token: string | Promise<string>): Promise<string> {
  try {
    await verifyAccessToken(await token);
    return 'accepted';
  } catch (error) {
    return asDomainError(error).code;
  }
}
const codes = async (...keys: SigningKey[]) => Promise.all(keys.map((key) => codeOf(tokenOf(key))));

test('J08 tokens of both published keys are accepted after one fetch', async () => {
  expect(await codes(k1, k2, k1)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(server.requests()).toBe(1);
});

test('J09 a token of the shared secret with a kid no set knows causes no fetch', async () => {
  expect(await codeOf(signHs256(claims(), { header: { kid: 'legacy' } }))).toBe('accepted');
  expect(server.requests()).toBe(0);
});

describe('J22 a token without a kid', () => {
  // Decided: the algorithm must name one key of the set, on every replica alike.
  test('is accepted where its algorithm names the one key', async () => {
    expect(await codeOf(signAsymmetric(claims(), k1))).toBe('accepted');
  });
  test('is refused where two keys are of its algorithm', async () => {
    server.publish([k1.jwk, k3.jwk]);
    expect(await codeOf(signAsymmetric(claims(), k1))).toBe('invalid_signature');
  });
});

test('J24 a thousand tokens with random kids cause one fetch in 30 s and are all refused', async () => {
  await codes(k1);
  minutes(1);
  const storm = await Promise.all(Array.from({ length: 1000 }, async () => codeOf(signed(k1, crypto.randomUUID()))));
  expect(new Set(storm)).toEqual(new Set(['invalid_signature']));
  expect(server.requests()).toBe(2);
  vi.setSystemTime(Date.now() + 29_000);
  await codeOf(signed(k1, 'random'));
  expect(server.requests()).toBe(2);
});

test('J61 five hundred first users of a new key cause one fetch', async () => {
  await codes(k1);
  server.publish([k1.jwk, k3.jwk]);
  minutes(1);
  const tokens = await Promise.all(Array.from({ length: 500 }, () => tokenOf(k3)));
  expect(new Set(await Promise.all(tokens.map(codeOf)))).toEqual(new Set(['accepted']));
  expect(server.requests()).toBe(2);
});

describe('J62 a revoked key', () => {
  test.each([
    ['idle', 0],
    ['busy', 1],
  ])('is refused within ten minutes on an %s replica, its remembered signatures with it', async (_kind, everyMinute) => {
    const token = await tokenOf(k1);
    expect(await codeOf(token)).toBe('accepted');
    server.publish([k2.jwk]);
    for (let minute = 0; minute < 9; minute++) {
      minutes(1);
      if (everyMinute) await codeOf(token);
    }
    vi.setSystemTime(Date.now() + 59_000);
    if (!everyMinute) await codeOf(tokenOf(k2));
    minutes(1 / 60);
    expect(await codeOf(token)).toBe('invalid_signature');
    expect(await codeOf(tokenOf(k2))).toBe('accepted');
  });

  test('is refused at once after the keys are dropped, also for a request that was under way', async () => {
    const token = await tokenOf(k1);
    expect(await codeOf(token)).toBe('accepted');
    server.publish([k2.jwk]);
    const underWay = codeOf(tokenOf(k1));
    dropKeys();
    await underWay;
    expect(await codeOf(token)).toBe('invalid_signature');
  });
});

describe('J64 a key set with', () => {
  test.each([
    ['an oct key', () => ({ kty: 'oct', k: Buffer.from(project.secret).toString('base64url'), kid: 'k9', alg: 'HS256' })],
    ['a private part', async () => ({ ...(await exportJWK(k3.privateKey)), kid: 'k9', alg: 'ES256' })],
  ])('%s serves its other keys, never that one, and says so as an error', async (_title, leaked) => {
    const error = vi.spyOn(logger(), 'error');
    server.publish([await leaked(), k1.jwk]);
    expect(await codes(k1)).toEqual(['accepted']);
    expect(await codeOf(signed(k3, 'k9'))).toBe('invalid_signature');
    expect(error).toHaveBeenCalledExactlyOnceWith({ event: 'jwks_holds_secret', kid: 'k9' }, expect.any(String));
  });

  test('keys of another use, kind, curve, algorithm or strength serves the rest', async () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const weakJwk = { ...weak.publicKey.export({ format: 'jwk' }), kid: 'weak', alg: 'RS256' };
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' });
    const odd = [
      null,
      'key',
      [],
      {},
      { kty: 'XYZ', kid: 'x' },
      { ...k3.jwk, use: 'enc' },
      { ...k3.jwk, key_ops: ['sign'] },
      { ...k3.jwk, alg: 'ES512' },
      { ...k3.jwk, kid: 7 },
      { ...k3.jwk, x: 'AAAA' },
      { ...p384, kid: 'p384' },
      weakJwk,
    ];
    server.publish([...odd, k1.jwk]);
    expect(await codes(k1, k3)).toEqual(['accepted', 'invalid_signature']);
  });

  test('two keys under one kid tries both', async () => {
    server.publish([{ ...k3.jwk, kid: 'k1' }, k1.jwk, { ...k2.jwk, kid: 'k1' }]);
    expect(await codes(k1)).toEqual(['accepted']);
    expect(await codeOf(signed(k3, 'k1'))).toBe('accepted');
    expect(await codeOf(signed(k2, 'k1'))).toBe('accepted');
  });
});

test('J65 a project without published keys: its secret works, an ES256 token is refused, and nothing storms', async () => {
  server.publish([]);
  const errors = vi.spyOn(logger(), 'error');
  expect(await codeOf(signHs256(claims()))).toBe('accepted');
  for (let i = 0; i < 100; i++) expect(await codeOf(tokenOf(k1))).toBe('invalid_signature');
  expect(server.requests()).toBe(1);
  expect(errors).not.toHaveBeenCalled();
});

describe('HS256 beside published keys', () => {
  test('warns once a minute that the secret may go, and not before a published key was seen', async () => {
    const warn = vi.spyOn(logger(), 'warn');
    const legacy = () => codeOf(signHs256(claims()));
    await legacy();
    expect(warn).not.toHaveBeenCalled();
    await codes(k1);
    await Promise.all([legacy(), legacy(), legacy()]);
    expect(warn).toHaveBeenCalledExactlyOnceWith({ event: 'legacy_secret_used' }, expect.stringContaining('SUPABASE_JWT_SECRET'));
    minutes(1);
    await legacy();
    expect(warn).toHaveBeenCalledTimes(2);
  });

  test('is refused by name of the variable where no secret is set', async () => {
    const { SUPABASE_JWT_SECRET: _, ...without } = environment();
    setConfig({ ...without, SUPABASE_ANON_KEY: 'sb_publishable_of_the_project' });
    await expect(verifyAccessToken(signHs256(claims()))).rejects.toMatchObject({
      code: 'invalid_signature',
      hint: expect.stringContaining('SUPABASE_JWT_SECRET is not set'),
    });
    expect(server.requests()).toBe(0);
  });
});

describe('while the provider is away', () => {
  const away = () => server.answer((response) => void response.writeHead(503).end());

  test('D20 the last good keys serve for 24 hours, told by a warning and by metrics, and no longer', async () => {
    const warn = vi.spyOn(logger(), 'warn');
    await codes(k1);
    away();
    const before = keySetStatistics();
    minutes(60);
    expect(await codes(k1)).toEqual(['accepted']);
    const after = keySetStatistics();
    expect(after.ageSeconds).toBeGreaterThanOrEqual(3600);
    expect(after.staleServed).toBe(before.staleServed + 1);
    expect(after.fetchFailures).toBe(before.fetchFailures + 1);
    expect(warn.mock.calls.map(([about]) => about)).toContainEqual(expect.objectContaining({ event: 'jwks_stale' }));
    minutes(22 * 60);
    expect(await codes(k1)).toEqual(['accepted']);
    minutes(61);
    expect(await codes(k1)).toEqual(['auth_provider_unavailable']);
    server.publish([k1.jwk]);
    minutes(1);
    expect(await codes(k1)).toEqual(['accepted']);
  });

  test('D20 people wait for it once, then their requests go on while it is asked beside them', async () => {
    await codes(k1);
    away();
    minutes(11);
    await codes(k1);
    let answered = false;
    server.answer((response) => {
      answered = true;
      response.on('close', () => undefined); // Never answers.
    });
    minutes(1);
    expect(await codes(k1)).toEqual(['accepted']);
    await vi.waitFor(() => expect(answered).toBe(true));
    dropKeys();
  });

  test('D21 a set that fails every other time fails no token', async () => {
    let turn = 0;
    server.answer((response) =>
      turn++ % 2 === 0 ? void response.end(JSON.stringify({ keys: [k1.jwk] })) : void response.writeHead(500).end(),
    );
    for (let i = 0; i < 40; i++) {
      expect(await codes(k1)).toEqual(['accepted']);
      minutes(7);
    }
  });

  test('a key nobody has heard of is an outage, not a refusal, and with no keys at all so is every one', async () => {
    away();
    expect(await codes(k1)).toEqual(['auth_provider_unavailable']);
    const asked = server.requests();
    expect(await codes(k1, k2)).toEqual(['auth_provider_unavailable', 'auth_provider_unavailable']);
    expect(server.requests()).toBe(asked);
    server.publish([k1.jwk]);
    minutes(0.1);
    expect(await codes(k1)).toEqual(['accepted']);
    away();
    minutes(1);
    expect(await codes(k3, k1)).toEqual(['auth_provider_unavailable', 'accepted']);
  });
});

describe('D22 a set that is suddenly empty', () => {
  // Decided: ten minutes. An empty set is either a mistake, which somebody corrects by then, or the revocation of the only
  // key, which then lives at most twenty minutes; `pandastack keys drop` ends it at once.
  test('leaves the last good keys ten minutes more, with an error, and then counts', async () => {
    const error = vi.spyOn(logger(), 'error');
    await codes(k1);
    server.publish([]);
    minutes(10);
    expect(await codes(k1)).toEqual(['accepted']);
    expect(error).toHaveBeenCalledExactlyOnceWith({ event: 'jwks_empty' }, expect.any(String));
    minutes(9.9);
    expect(await codes(k1)).toEqual(['accepted']);
    minutes(0.2);
    expect(await codes(k1)).toEqual(['invalid_signature']);
  });

  test('and filled again goes on with the new keys', async () => {
    await codes(k1);
    server.publish([]);
    minutes(10);
    await codes(k1);
    server.publish([k3.jwk]);
    minutes(1);
    expect(await codes(k3)).toEqual(['accepted']);
  });
});
