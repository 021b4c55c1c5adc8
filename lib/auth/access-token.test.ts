import { createHmac } from 'node:crypto';
import { exportJWK, exportSPKI } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ordinaryClaims,
  setConfig,
  signAsymmetric,
  signHs256,
  startTestProject,
  type TestProject,
} from '@/e2e/support/test-project';
import { DomainError } from '@/lib/errors';
import { verifyAccessToken } from './access-token';

let project: TestProject;
const env = () => ({ SUPABASE_URL: project.url, SUPABASE_ANON_KEY: project.anonKey, SUPABASE_JWT_SECRET: project.secret });

beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

async function codeOf(token: string): Promise<string> {
  try {
    await verifyAccessToken(token);
    return 'accepted';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

const claims = (overrides: Record<string, unknown> = {}) => ordinaryClaims(project.issuer, overrides);
const now = Math.floor(Date.now() / 1000);

describe('accepted', () => {
  test('a token signed with the shared secret, also with a kid that no key set knows and without asking for one', async () => {
    const before = project.keyRequests();
    expect(await codeOf(signHs256(claims(), { header: { kid: 'legacy' } }))).toBe('accepted');
    expect(project.keyRequests()).toBe(before);
  });

  test.each(['k1', 'k2'] as const)('a token signed with the published key %s', async (kid) => {
    expect(await codeOf(await signAsymmetric(claims(), project.keys[kid], kid))).toBe('accepted');
  });

  test('what a custom access token hook leaves: no metadata, amr as strings, aud as an array of one', async () => {
    const hooked = claims({ app_metadata: undefined, user_metadata: undefined, amr: ['password'], aud: ['authenticated'] });
    expect(await codeOf(signHs256(hooked))).toBe('accepted');
  });

  test('a clock that differs by less than the tolerance', async () => {
    expect(await codeOf(signHs256(claims({ iat: now + 20 })))).toBe('accepted');
    expect(await codeOf(signHs256(claims({ exp: now - 20 })))).toBe('accepted');
  });

  test('the previous secret while it is configured, and not afterwards', async () => {
    const token = signHs256(claims());
    const rotated = { ...env(), SUPABASE_JWT_SECRET: 'the-new-secret-of-the-project-0123456789abcdef' };
    setConfig({ ...rotated, SUPABASE_JWT_SECRET_PREVIOUS: project.secret });
    expect(await codeOf(token)).toBe('accepted');
    setConfig({ ...rotated, SUPABASE_ANON_KEY: 'sb_publishable_of_the_project' });
    expect(await codeOf(token)).toBe('invalid_signature');
    setConfig(env());
  });
});

test('user_metadata has no effect on who somebody is', async () => {
  const sub = crypto.randomUUID();
  const hostile = claims({
    sub,
    user_metadata: { sub: 'other', email: 'boss@example.com', role: 'owner', email_verified: true },
  });
  expect(await verifyAccessToken(signHs256(hostile))).toMatchObject({ userId: sub, email: 'ada@example.com' });
});

describe('refused by name', () => {
  const cases: [string, string, () => string | Promise<string>][] = [
    ['the anon key', 'anon_key_used', () => project.anonKey],
    ['the service-role key', 'service_key_used', () => project.serviceRoleKey],
    [
      'the anon key of another project',
      'anon_key_used',
      () => signHs256({ iss: 'supabase', role: 'anon', iat: 1, exp: 4_000_000_000 }, { secret: 'other' }),
    ],
    [
      'a token of another project',
      'issuer_mismatch',
      () => signHs256(ordinaryClaims('https://other.supabase.co/auth/v1'), { secret: 'other' }),
    ],
    ['a wrong secret', 'invalid_signature', () => signHs256(claims(), { secret: 'other' })],
    ['an expired token', 'token_expired', () => signHs256(claims({ iat: now - 7200, exp: now - 3600 }))],
    ['a token from the future', 'token_not_yet_valid', () => signHs256(claims({ iat: now + 3600, exp: now + 7200 }))],
    ['a token not valid before later', 'token_not_yet_valid', () => signHs256(claims({ nbf: now + 3600 }))],
    ['no issuer', 'issuer_mismatch', () => signHs256(claims({ iss: undefined }))],
    ['an issuer with a slash more', 'issuer_mismatch', () => signHs256(claims({ iss: `${project.issuer}/` }))],
    ['an issuer of several', 'issuer_mismatch', () => signHs256(claims({ iss: [project.issuer] }))],
    ['an issuer in capitals', 'issuer_mismatch', () => signHs256(claims({ iss: project.issuer.toUpperCase() }))],
    ['no audience', 'wrong_audience', () => signHs256(claims({ aud: undefined }))],
    ['another audience', 'wrong_audience', () => signHs256(claims({ aud: 'evil' }))],
    ['an audience besides ours', 'wrong_audience', () => signHs256(claims({ aud: ['authenticated', 'other'] }))],
    ['no expiry', 'invalid_token', () => signHs256(claims({ exp: undefined }))],
    ['an expiry in words', 'invalid_token', () => signHs256(claims({ exp: '9999999999' }))],
    ['no time of issue', 'invalid_token', () => signHs256(claims({ iat: undefined }))],
    ['a life of ten years', 'invalid_token', () => signHs256(claims({ exp: now + 315_360_000 }))],
    ['the role service_role on a person', 'wrong_role', () => signHs256(claims({ role: 'service_role' }))],
    ['the role anon on a person', 'wrong_role', () => signHs256(claims({ role: 'anon' }))],
    ['no role', 'wrong_role', () => signHs256(claims({ role: '' }))],
    ['an anonymous user', 'anonymous_not_allowed', () => signHs256(claims({ is_anonymous: true, email: '' }))],
    ["a third-party application's token", 'client_token_not_allowed', () => signHs256(claims({ client_id: 'app' }))],
    ['no subject', 'invalid_token', () => signHs256(claims({ sub: undefined }))],
    ['an empty subject', 'invalid_token', () => signHs256(claims({ sub: '' }))],
    ['a subject in capitals', 'invalid_token', () => signHs256(claims({ sub: crypto.randomUUID().toUpperCase() }))],
    ['the nil subject', 'invalid_token', () => signHs256(claims({ sub: '00000000-0000-0000-0000-000000000000' }))],
    ['a list of subjects', 'invalid_token', () => signHs256(claims({ sub: [crypto.randomUUID()] }))],
    ['no session', 'invalid_token', () => signHs256(claims({ session_id: undefined }))],
    ['a payload that is a list', 'invalid_token', () => signHs256([])],
    ['a payload that is null', 'invalid_token', () => signHs256(null)],
    ['HS384', 'invalid_token', () => signHs256(claims(), { header: { alg: 'HS384' } })],
    ['an unknown kid', 'invalid_signature', () => signAsymmetric(claims(), project.keys.k1, 'k9')],
    ['the key of another kid', 'invalid_signature', () => signAsymmetric(claims(), { ...project.keys.k1 }, 'k2')],
    ['one segment', 'invalid_token', () => 'token'],
    ['two segments', 'invalid_token', () => signHs256(claims()).split('.').slice(0, 2).join('.')],
    ['an empty signature', 'invalid_signature', () => `${signHs256(claims()).split('.').slice(0, 2).join('.')}.`],
    ['five segments', 'invalid_token', () => `${signHs256(claims())}.a.b`],
    ['100 KB', 'invalid_token', () => signHs256(claims({ user_metadata: { blob: 'x'.repeat(100_000) } }))],
  ];

  test.each(cases)('%s → %s', async (_title, code, token) => {
    expect(await codeOf(await token())).toBe(code);
  });

  test.each(['none', 'None', 'NONE', 'nOnE'])('alg %s', async (alg) => {
    const [, payload] = signHs256(claims()).split('.');
    const header = Buffer.from(JSON.stringify({ alg, typ: 'JWT' })).toString('base64url');
    expect(await codeOf(`${header}.${payload}.`)).toMatch(/^invalid_(token|signature)$/);
  });

  test('a published key used as if it were the shared secret', async () => {
    const { publicKey } = project.keys.k2;
    const pem = await exportSPKI(publicKey);
    const jwk = await exportJWK(publicKey);
    const n = Buffer.from(jwk.n ?? '', 'base64url');
    for (const secret of [pem, pem.trim(), JSON.stringify(jwk), n]) {
      expect(await codeOf(signHs256(claims(), { secret, header: { kid: 'k2' } }))).toBe('invalid_signature');
    }
  });

  test('any token with one bit of its signature flipped', async () => {
    const [header, payload, signature] = signHs256(claims()).split('.');
    for (let bit = 0; bit < 256; bit++) {
      const bytes = Buffer.from(signature ?? '', 'base64url');
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await codeOf(`${header}.${payload}.${bytes.toString('base64url')}`)).toBe('invalid_signature');
    }
  });

  test('a secret that signs the header alone', async () => {
    const [header, payload] = signHs256(claims()).split('.');
    const signature = createHmac('sha256', project.secret)
      .update(header ?? '')
      .digest('base64url');
    expect(await codeOf(`${header}.${payload}.${signature}`)).toBe('invalid_signature');
  });
});

test('an issuer is not asked for where the operator turned the check off by name', async () => {
  setConfig({ ...env(), SUPABASE_ISSUER: 'none' });
  expect(await codeOf(signHs256(claims({ iss: undefined })))).toBe('accepted');
  setConfig(env());
});

test('keys that cannot be had are an outage, not a refusal', async () => {
  const gone = await startTestProject();
  const token = await signAsymmetric(ordinaryClaims(gone.issuer), gone.keys.k1, 'k1');
  await gone.close();
  expect(await codeOf(token)).toBe('auth_provider_unavailable');
  setConfig(env());
});
