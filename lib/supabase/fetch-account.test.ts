import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScriptedAuthServer, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { setConfig, signHs256 } from '@/e2e/support/test-project';
import { fetchAccount } from './fetch-account';

const AT = '2026-11-01T10:00:00Z';
const USER = { id: crypto.randomUUID(), aud: 'authenticated', email: 'ada@example.com', created_at: AT };
let server: ScriptedAuthServer;

beforeEach(async () => {
  server = await startScriptedAuthServer();
  setConfig({
    SUPABASE_URL: server.url,
    SUPABASE_ANON_KEY: signHs256({ iss: 'supabase', role: 'anon', iat: 1, exp: 4_000_000_000 }),
  });
});
afterEach(() => server.close());

test('an account shows its address, its ways in and its factors, and nothing that a stranger may write', async () => {
  server.answer(() => ({
    status: 200,
    body: {
      ...USER,
      new_email: 'countess@example.com',
      user_metadata: { email: 'evil@example.com', avatar_url: 'https://evil.test' },
      identities: [
        {
          identity_id: 'i1',
          id: 'sub-1',
          provider: 'github',
          created_at: AT,
          identity_data: { email: 'ada@git.test', name: '<b>' },
        },
        { identity_id: 'i2', id: 'sub-2', provider: 'sso:0b1c', created_at: AT, identity_data: { email: ['not', 'text'] } },
      ],
      factors: [
        { id: 'f1', status: 'verified', factor_type: 'totp', friendly_name: 'Phone', created_at: AT },
        { id: 'f2', status: 'unverified', factor_type: 'totp', created_at: AT },
      ],
    },
  }));
  expect(await fetchAccount('token')).toEqual({
    email: 'ada@example.com',
    newEmail: 'countess@example.com',
    createdAt: AT,
    identities: [
      { id: 'i1', provider: 'github', email: 'ada@git.test', createdAt: AT },
      { id: 'i2', provider: 'sso:0b1c', email: null, createdAt: AT },
    ],
    factors: [
      { id: 'f1', name: 'Phone', type: 'totp', verified: true, createdAt: AT },
      { id: 'f2', name: 'Authenticator app', type: 'totp', verified: false, createdAt: AT },
    ],
  });
});

test('an account without any of it is as good', async () => {
  server.answer(() => ({ status: 200, body: { ...USER, identities: null, new_email: '' } }));
  expect(await fetchAccount('token')).toMatchObject({ newEmail: null, identities: [], factors: [] });
});

test.each([
  ['session_revoked', { status: 403, body: { code: 403, error_code: 'session_not_found', msg: 'gone' } }],
  ['user_banned', { status: 403, body: { code: 403, error_code: 'user_banned', msg: 'banned' } }],
  ['user_banned', { status: 200, body: { ...USER, banned_until: '2999-01-01T00:00:00Z' } }],
  ['auth_provider_unavailable', { status: 503, html: 'down' }],
])('a refusal is told as %s', async (code, answer) => {
  server.answer(() => answer);
  await expect(fetchAccount('token')).rejects.toMatchObject({ code });
});
