import { NextRequest } from 'next/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newSession, type ScriptedAuthServer, sessionCookie, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { setConfig, signHs256 } from '@/e2e/support/test-project';
import { sessionCookieName } from '@/lib/supabase/session-cookie-name';
import { GET as callback } from './callback/route';
import { POST as verify } from './confirm/verify/route';
import * as signOutRoute from './sign-out/route';

const DASHBOARD = 'https://dash.example';
const CODE = '34e770dd-9ff9-416c-87fa-43b31d7ef225';
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

interface Sent {
  cookies?: { name: string; value: string }[];
  headers?: Record<string, string>;
  form?: Record<string, string>;
}

// The address is that of the container: what a proxy in front says must not matter.
function request(path: string, { cookies = [], headers = {}, form }: Sent = {}): NextRequest {
  const cookie = cookies.map((one) => `${one.name}=${one.value}`).join('; ');
  return new NextRequest(`http://0.0.0.0:3000${path}`, {
    method: form ? 'POST' : 'GET',
    headers: { cookie, ...headers },
    body: form ? new URLSearchParams(form) : undefined,
  });
}

const verifier = () => sessionCookie(`${name}-code-verifier`, 'a-verifier-of-this-browser');
const setCookies = (response: Response) => response.headers.getSetCookie();
const OURS = { 'sec-fetch-site': 'same-origin' };

describe('the callback', () => {
  test('trades the code for a session and goes on to next, with nothing secret in the address', async () => {
    const response = await callback(request(`/auth/callback?code=${CODE}&next=/orgs/acme`, { cookies: [verifier()] }));
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/orgs/acme`);
    expect(response.headers.get('cache-control')).toContain('no-store');
    const cookie = setCookies(response).find((line) => line.startsWith(`${name}=`)) ?? '';
    expect(name).toMatch(/^__Host-/);
    expect(cookie).toContain('Secure');
    expect(cookie).toContain('SameSite=lax');
    expect(cookie).toContain('Path=/');
    expect(server.calls[0]?.body).toMatchObject({ auth_code: CODE, code_verifier: 'a-verifier-of-this-browser' });
  });

  test('forgets the verifier it used', async () => {
    const response = await callback(request(`/auth/callback?code=${CODE}`, { cookies: [verifier()] }));
    expect(setCookies(response).some((line) => line.startsWith(`${name}-code-verifier=;`) && line.includes('Max-Age=0'))).toBe(
      true,
    );
  });

  test('in another browser there is no verifier: nobody is signed in and the auth server is not asked', async () => {
    const response = await callback(request(`/auth/callback?code=${CODE}&next=/orgs/acme`));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/auth/error?reason=other_browser&next=%2Forgs%2Facme`);
    expect(server.calls).toHaveLength(0);
  });

  test.each([
    ['flow_state_not_found', 404, 'link_used'],
    ['flow_state_expired', 422, 'link_expired'],
    ['bad_code_verifier', 400, 'other_browser'],
    ['over_request_rate_limit', 429, 'too_many'],
    ['unexpected_failure', 500, 'unavailable'],
  ])('%s is told as its own reason', async (code, status, reason) => {
    server.answer(() => ({ status, body: { code: status, error_code: code, msg: 'no' } }));
    const response = await callback(request(`/auth/callback?code=${CODE}`, { cookies: [verifier()] }));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/auth/error?reason=${reason}`);
    if (reason === 'unavailable') expect(setCookies(response)).toHaveLength(0);
  });

  test('a second click by somebody who is signed in just goes on', async () => {
    server.answer(() => ({ status: 404, body: { error_code: 'flow_state_not_found', msg: 'no' } }));
    const cookies = [verifier(), sessionCookie(name, newSession())];
    const response = await callback(request(`/auth/callback?code=${CODE}&next=/orgs/acme`, { cookies }));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/orgs/acme`);
  });

  test.each([
    ['two codes', `code=${CODE}&code=${CODE}`],
    ['10 KB', `code=${'a'.repeat(10_240)}`],
    ['NUL', 'code=abcdefgh%00'],
    ['empty', 'code='],
    ['markup', 'code=<script>alert(1)</script>'],
  ])('a malformed code (%s) never reaches the auth server', async (_name, query) => {
    const response = await callback(request(`/auth/callback?${query}`, { cookies: [verifier()] }));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/auth/error?reason=malformed`);
    expect(server.calls).toHaveLength(0);
  });

  test("a provider's error keeps next and loses its words", async () => {
    const query = 'error=access_denied&error_code=otp_expired&error_description=%3Cb%3ECall+0900%3C/b%3E&next=/orgs/acme';
    const response = await callback(request(`/auth/callback?${query}`));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/auth/error?reason=link_expired&next=%2Forgs%2Facme`);
  });

  test('half of an e-mail change is no error', async () => {
    const response = await callback(request('/auth/callback?message=Confirmation+link+accepted'));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/auth/error?reason=email_change_half`);
  });

  test('what stands behind the # goes to a page that can read it', async () => {
    const response = await callback(request('/auth/callback?next=/orgs/acme'));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/auth/finish?next=%2Forgs%2Facme`);
  });

  test('headers of a proxy do not choose where people go', async () => {
    const headers = {
      host: 'evil.test',
      'x-forwarded-host': 'evil.test',
      forwarded: 'host=evil.test',
      'x-forwarded-proto': 'http',
    };
    const response = await callback(request(`/auth/callback?code=${CODE}&next=//evil.test`, { cookies: [verifier()], headers }));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/`);
  });
});

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

describe('the click on a mail link with a token hash', () => {
  const form = { token_hash: 'a'.repeat(56), type: 'magiclink', next: '/orgs/acme' };

  test('signs in', async () => {
    const response = await verify(request('/auth/confirm/verify', { headers: OURS, form }));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/orgs/acme`);
    expect(setCookies(response).some((line) => line.startsWith(`${name}=base64`))).toBe(true);
    expect(server.calls[0]?.body).toEqual({ token_hash: form.token_hash, type: 'magiclink', gotrue_meta_security: {} });
  });

  test('a recovery goes on to choosing a password', async () => {
    const response = await verify(request('/auth/confirm/verify', { headers: OURS, form: { ...form, type: 'recovery' } }));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/auth/set-password?next=%2Forgs%2Facme`);
  });

  test('is refused from another site', async () => {
    const response = await verify(request('/auth/confirm/verify', { headers: { 'sec-fetch-site': 'cross-site' }, form }));
    expect(response.status).toBe(403);
    expect(server.calls).toHaveLength(0);
  });

  test.each([
    ['an unknown type', { ...form, type: 'sms' }],
    ['no type', { token_hash: form.token_hash }],
    ['a long token', { ...form, token_hash: 'a'.repeat(2_000) }],
    ['a strange token', { ...form, token_hash: '../../../admin/users/x' }],
  ])('%s is refused and not handed on', async (_name, sent) => {
    const response = await verify(request('/auth/confirm/verify', { headers: OURS, form: sent }));
    expect(response.status).toBe(400);
    expect(server.calls).toHaveLength(0);
  });
});
