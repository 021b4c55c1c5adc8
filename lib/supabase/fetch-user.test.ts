import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScriptedAuthServer, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { setConfig, signHs256 } from '@/e2e/support/test-project';
import { fetchUser } from './fetch-user';

let server: ScriptedAuthServer;
const anonKey = signHs256({ iss: 'supabase', role: 'anon', iat: 1, exp: 4_000_000_000 });

beforeEach(async () => {
  server = await startScriptedAuthServer();
  setConfig({ SUPABASE_URL: server.url, SUPABASE_ANON_KEY: anonKey });
});
afterEach(() => server.close());

test("asks with the caller's own token", async () => {
  server.answer(() => ({
    status: 200,
    body: { id: 'u1', email: 'ada@example.com', email_confirmed_at: '2026-01-01T00:00:00Z', is_anonymous: false },
  }));
  expect(await fetchUser('the.callers.token')).toEqual({
    id: 'u1',
    email: 'ada@example.com',
    emailConfirmedAt: '2026-01-01T00:00:00Z',
    bannedUntil: null,
    isAnonymous: false,
    hasSecondFactor: false,
    fromSso: false,
  });
  expect(server.calls[0]).toMatchObject({ method: 'GET', path: '/auth/v1/user' });
  expect(server.calls[0]?.headers).toMatchObject({ authorization: 'Bearer the.callers.token', apikey: anonKey });
});

test.each([
  [{ provider: 'sso:0b1c' }, true],
  [{ provider: 'email', providers: ['email', 'sso:0b1c'] }, true],
  [{ provider: 'google', providers: ['google', 'email'] }, false],
  [{ provider: 'Xsso:', providers: 'sso:0b1c' }, false],
  [undefined, false],
])('V12 an account of %j came by single sign-on: %s', async (app_metadata, fromSso) => {
  server.answer(() => ({ status: 200, body: { id: 'u1', email: 'ada@example.com', app_metadata } }));
  expect(await fetchUser('t')).toMatchObject({ fromSso });
});

test.each([
  ['session_not_found', 403],
  ['user_not_found', 403],
  ['bad_jwt', 403],
])('%s means that the session is revoked', async (code, status) => {
  server.answer(() => ({ status, body: { code: status, error_code: code, msg: 'no' } }));
  await expect(fetchUser('t')).rejects.toMatchObject({ code: 'session_revoked' });
});

test('a banned account is told as banned', async () => {
  server.answer(() => ({ status: 403, body: { code: 403, error_code: 'user_banned', msg: 'no' } }));
  await expect(fetchUser('t')).rejects.toMatchObject({ code: 'user_banned' });
});

test.each([401, 409, 429, 500, 502, 503, 504])(
  'status %i without a word about the session is an outage, not a sign-out',
  async (status) => {
    server.answer(() => ({ status, body: { message: 'Invalid API key' } }));
    await expect(fetchUser('t')).rejects.toMatchObject({ code: 'auth_provider_unavailable' });
  },
);

test('HTML from a proxy is an outage', async () => {
  server.answer(() => ({ status: 502, html: '<h1>Bad gateway</h1>' }));
  await expect(fetchUser('t')).rejects.toMatchObject({ code: 'auth_provider_unavailable' });
});

test('a refused connection is an outage', async () => {
  setConfig({ SUPABASE_URL: 'http://127.0.0.1:9', SUPABASE_ANON_KEY: anonKey });
  await expect(fetchUser('t')).rejects.toMatchObject({ code: 'auth_provider_unavailable' });
});
