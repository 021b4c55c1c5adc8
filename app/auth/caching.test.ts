import { afterEach, beforeEach, expect, test } from 'vitest';
import { pageRequest } from '@/e2e/support/page-request';
import { newSession, type ScriptedAuthServer, sessionCookie, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { setConfig, signHs256 } from '@/e2e/support/test-project';
import { sessionCookieName } from '@/lib/supabase/session-cookie-name';
import { GET as callback } from './callback/route';
import { POST as verify } from './confirm/verify/route';
import { POST as refresh } from './refresh/route';
import { POST as signOut } from './sign-out/route';

const DASHBOARD = 'https://dash.example';
const OURS = { 'sec-fetch-site': 'same-origin' };
const CODE = '34e770dd-9ff9-416c-87fa-43b31d7ef225';
const TOKEN_HASH = 'a'.repeat(56);
let server: ScriptedAuthServer;
let name: string;

beforeEach(async () => {
  server = await startScriptedAuthServer();
  setConfig({
    SUPABASE_URL: server.url,
    SUPABASE_ANON_KEY: signHs256({ iss: 'supabase', role: 'anon', iat: 1, exp: 4_000_000_000 }),
    PANDASTACK_DASHBOARD_URL: DASHBOARD,
  });
  name = sessionCookieName({ supabasePublicUrl: server.url, dashboardUrl: DASHBOARD });
});
afterEach(() => server.close());

const verifier = () => sessionCookie(`${name}-code-verifier`, 'a-verifier-of-this-browser');
const session = (overrides = {}) => sessionCookie(name, newSession(overrides));
const post = (path: string, form: Record<string, string>, cookies = [session()]) =>
  pageRequest(path, { headers: OURS, form, cookies });
const refuse = () => server.answer(() => ({ status: 400, body: { error_code: 'refresh_token_not_found', msg: 'no' } }));

/** Every answer of /auth/* that writes the session's cookies or takes them away. */
const WRITING: [string, () => Promise<Response>][] = [
  ['a callback that signs in', () => callback(pageRequest(`/auth/callback?code=${CODE}`, { cookies: [verifier()] }))],
  ['a click on a mail link', () => verify(post('/auth/confirm/verify', { token_hash: TOKEN_HASH, type: 'email' }, []))],
  ['a recovery', () => verify(post('/auth/confirm/verify', { token_hash: TOKEN_HASH, type: 'recovery' }, []))],
  ['a refresh', () => refresh(post('/auth/refresh', {}, [session({ expires_at: 1 })]))],
  ['a refresh that was asked for', () => refresh(post('/auth/refresh?anew=1', {}))],
  [
    'a refresh of a session that has ended',
    () => {
      refuse();
      return refresh(post('/auth/refresh', {}, [session({ expires_at: 1 })]));
    },
  ],
  ['a refresh of garbage', () => refresh(post('/auth/refresh', {}, [{ name, value: 'garbage' }]))],
  ['a sign-out here', () => signOut(post('/auth/sign-out', {}))],
  ['a sign-out everywhere', () => signOut(post('/auth/sign-out', { scope: 'global' }))],
  [
    'a sign-out during an outage',
    () => {
      server.answer(() => ({ status: 503 }));
      return signOut(post('/auth/sign-out', {}));
    },
  ],
];

test.each(WRITING)('C24 %s writes cookies, and no cache of any age keeps the answer', async (_name, ask) => {
  const { headers } = await ask();
  expect(headers.getSetCookie().filter((line) => line.startsWith(name))).not.toEqual([]);
  expect(headers.get('cache-control')).toMatch(/private.*no-store/);
  expect([headers.get('expires'), headers.get('pragma')]).toEqual(['0', 'no-cache']);
});

test.each<[string, () => Promise<Response>]>([
  ['a callback with an error', () => callback(pageRequest('/auth/callback?error=access_denied'))],
  [
    'a callback whose code was refused',
    () => {
      server.answer(() => ({ status: 404, body: { error_code: 'flow_state_not_found', msg: 'no' } }));
      return callback(pageRequest(`/auth/callback?code=${CODE}`, { cookies: [verifier()] }));
    },
  ],
  ['a callback with nothing', () => callback(pageRequest('/auth/callback'))],
  ['a strange link', () => verify(post('/auth/confirm/verify', { token_hash: 'x', type: 'email' }))],
  [
    'a form of another site',
    () => signOut(pageRequest('/auth/sign-out', { headers: { 'sec-fetch-site': 'cross-site' }, form: {} })),
  ],
  ['the session for a script', () => refresh(post('/auth/refresh', {}))],
  ['a refresh whose cookies the caller writes', () => refresh(post('/auth/refresh?anew=1&store=caller', {}))],
  [
    'a refresh during an outage',
    () => {
      server.answer(() => ({ status: 503 }));
      return refresh(post('/auth/refresh', {}, [session({ expires_at: 1 })]));
    },
  ],
])('C24 %s writes no session, and is kept by no cache either', async (_name, ask) => {
  const { headers } = await ask();
  expect(headers.getSetCookie().filter((line) => line.startsWith(`${name}=`) || line.startsWith(`${name}.`))).toEqual([]);
  expect(headers.get('cache-control')).toContain('no-store');
});
