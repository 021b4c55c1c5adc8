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
