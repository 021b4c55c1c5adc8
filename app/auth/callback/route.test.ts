import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pageRequest as request } from '@/e2e/support/page-request';
import { newSession, type ScriptedAuthServer, sessionCookie, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { setConfig, signHs256 } from '@/e2e/support/test-project';
import { sessionCookieName } from '@/lib/supabase/session-cookie-name';
import { GET as callback } from './route';

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

const verifier = () => sessionCookie(`${name}-code-verifier`, 'a-verifier-of-this-browser');
const setCookies = (response: Response) => response.headers.getSetCookie();

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

  test('goes on to what this browser remembered, once', async () => {
    const remembered = { name: 'pandastack-next', value: encodeURIComponent('/orgs/acme/members') };
    const response = await callback(request(`/auth/callback?code=${CODE}`, { cookies: [verifier(), remembered] }));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/orgs/acme/members`);
    expect(setCookies(response).find((line) => line.startsWith('pandastack-next=;'))).toMatch(/Path=\/auth; .*Max-Age=0/);
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
    ['flow_state_expired', 422, 'confirmed_late'],
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
