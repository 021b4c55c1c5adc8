import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pageRequest as request } from '@/e2e/support/page-request';
import { newSession, type ScriptedAuthServer, sessionCookie, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { setConfig, signHs256 } from '@/e2e/support/test-project';
import { sessionCookieName } from '@/lib/supabase/session-cookie-name';
import * as signOutRoute from './route';

const DASHBOARD = 'https://dash.example';
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

const setCookies = (response: Response) => response.headers.getSetCookie();
const OURS = { 'sec-fetch-site': 'same-origin' };

describe('signing out', () => {
  const signOut = signOutRoute.POST;
  const signedIn = () => [sessionCookie(name, newSession())];
  const isCleared = (response: Response) =>
    setCookies(response).some((line) => line.startsWith(`${name}=;`) && line.includes('Max-Age=0'));

  test('has no GET, which a prefetch would follow', () => {
    expect(Object.keys(signOutRoute)).toEqual(['POST']);
  });

  test('ends this session at the auth server and in the browser', async () => {
    const response = await signOut(request('/auth/sign-out', { cookies: signedIn(), headers: OURS, form: {} }));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/login?reason=signed_out`);
    expect(isCleared(response)).toBe(true);
    expect(server.calls.map(({ path }) => path)).toEqual(['/auth/v1/logout?scope=local']);
  });

  test('works while the auth server is down', async () => {
    server.answer(() => ({ status: 503, html: 'down' }));
    expect(isCleared(await signOut(request('/auth/sign-out', { cookies: signedIn(), headers: OURS, form: {} })))).toBe(true);
  });

  test('clears cookies that are garbage', async () => {
    const cookies = [{ name, value: 'garbage' }];
    expect(isCleared(await signOut(request('/auth/sign-out', { cookies, headers: OURS, form: {} })))).toBe(true);
  });

  test('an expired session is refreshed first, or its refresh token would live on', async () => {
    const cookies = [sessionCookie(name, newSession({ expires_at: 1 }))];
    await signOut(request('/auth/sign-out', { cookies, headers: OURS, form: {} }));
    expect(server.calls.map(({ path }) => path)).toEqual([
      '/auth/v1/token?grant_type=refresh_token',
      '/auth/v1/logout?scope=local',
    ]);
  });

  const tokenOf = (call: { headers: { authorization?: string } } | undefined) => call?.headers.authorization;
  const location = (response: Response) => response.headers.get('location');

  test('everywhere ends every session and says so', async () => {
    const response = await signOut(request('/auth/sign-out', { cookies: signedIn(), headers: OURS, form: { scope: 'global' } }));
    expect(server.calls.map(({ path }) => path)).toEqual(['/auth/v1/logout?scope=global']);
    expect(location(response)).toBe(`${DASHBOARD}/login?reason=signed_out_everywhere`);
    expect(isCleared(response)).toBe(true);
  });

  test.each([
    ['is down', { status: 503, html: 'down' }],
    ['has ended this session before', { status: 403, body: { code: 403, error_code: 'session_not_found', msg: 'gone' } }],
  ])(
    'everywhere, while the auth server %s: this browser is signed out, and no more than that is claimed',
    async (_name, answer) => {
      server.answer(() => answer);
      const response = await signOut(
        request('/auth/sign-out', { cookies: signedIn(), headers: OURS, form: { scope: 'global' } }),
      );
      expect(location(response)).toBe(`${DASHBOARD}/login?reason=signed_out_here`);
      expect(isCleared(response)).toBe(true);
    },
  );

  const endOthers = (cookies = signedIn()) =>
    signOut(request('/auth/sign-out', { cookies, headers: OURS, form: { scope: 'others', next: '/account/sessions' } }));

  test('of all others keeps the session of this browser', async () => {
    const response = await endOthers();
    expect(server.calls.map(({ path }) => path)).toEqual(['/auth/v1/logout?scope=others']);
    expect(location(response)).toBe(`${DASHBOARD}/account/sessions?others=ended`);
    expect(setCookies(response)).toEqual([]);
  });

  test('of all others says that it is not known when the auth server is down, and keeps the session', async () => {
    server.answer(() => ({ status: 503, html: 'down' }));
    const response = await endOthers();
    expect(location(response)).toBe(`${DASHBOARD}/account/sessions?others=unknown`);
    expect(setCookies(response)).toEqual([]);
  });

  test('of all others with an expired token stores the refreshed session: its old refresh token is used up', async () => {
    const fresh = newSession();
    server.answer(({ path }) => (path.includes('/token') ? { status: 200, body: fresh } : { status: 204 }));
    const response = await endOthers([sessionCookie(name, newSession({ expires_at: 1 }))]);
    expect(server.calls.map(({ path }) => path)).toEqual([
      '/auth/v1/token?grant_type=refresh_token',
      '/auth/v1/logout?scope=others',
    ]);
    expect(tokenOf(server.calls[1])).toBe(`Bearer ${fresh.access_token}`);
    expect(isCleared(response)).toBe(false);
    expect(setCookies(response).some((line) => line.startsWith(`${name}=base64-`))).toBe(true);
    expect(location(response)).toBe(`${DASHBOARD}/account/sessions?others=ended`);
  });

  test('a scope that does not exist ends this session alone', async () => {
    await signOut(request('/auth/sign-out', { cookies: signedIn(), headers: OURS, form: { scope: 'universe' } }));
    expect(server.calls.map(({ path }) => path)).toEqual(['/auth/v1/logout?scope=local']);
  });

  test.each<[string, Record<string, string>]>([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' }],
    ['a sibling site', { 'sec-fetch-site': 'same-site', origin: 'https://blog.example' }],
    ['another origin, in an old browser', { origin: 'https://evil.test' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['nowhere', {}],
  ])('is refused from %s', async (_name, headers) => {
    const response = await signOut(request('/auth/sign-out', { cookies: signedIn(), headers, form: {} }));
    expect(response.status).toBe(403);
    expect(setCookies(response)).toHaveLength(0);
    expect(server.calls).toHaveLength(0);
  });

  test('an old browser that sends our origin may', async () => {
    expect((await signOut(request('/auth/sign-out', { headers: { origin: DASHBOARD }, form: {} }))).status).toBe(303);
  });
});
