import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pageRequest as request } from '@/e2e/support/page-request';
import { newSession, type ScriptedAuthServer, sessionCookie, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { setConfig, signHs256 } from '@/e2e/support/test-project';
import { config } from '@/lib/config';
import { CookieJar } from '@/lib/supabase/cookie-jar';
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
  test('C01 trades the code for a session and goes on to next, with nothing secret in the address', async () => {
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

  test('C01 forgets the verifier it used', async () => {
    const response = await callback(request(`/auth/callback?code=${CODE}`, { cookies: [verifier()] }));
    expect(setCookies(response).some((line) => line.startsWith(`${name}-code-verifier=;`) && line.includes('Max-Age=0'))).toBe(
      true,
    );
  });

  test('C02 C06 in another browser (or with the code of somebody else) there is no verifier: nobody is signed in and the auth server is not asked', async () => {
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
  ])('C04 %s is told as its own reason', async (code, status, reason) => {
    server.answer(() => ({ status, body: { code: status, error_code: code, msg: 'no' } }));
    const response = await callback(request(`/auth/callback?code=${CODE}`, { cookies: [verifier()] }));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/auth/error?reason=${reason}`);
    if (reason === 'unavailable') expect(setCookies(response)).toHaveLength(0);
  });

  test('C01 a second click by somebody who is signed in just goes on', async () => {
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
  ])('C05 a malformed code (%s) never reaches the auth server', async (_name, query) => {
    const response = await callback(request(`/auth/callback?${query}`, { cookies: [verifier()] }));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/auth/error?reason=malformed`);
    expect(server.calls).toHaveLength(0);
  });

  test("a provider's error keeps next and loses its words", async () => {
    const query = 'error=access_denied&error_code=otp_expired&error_description=%3Cb%3ECall+0900%3C/b%3E&next=/orgs/acme';
    const response = await callback(request(`/auth/callback?${query}`));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/auth/error?reason=link_expired&next=%2Forgs%2Facme`);
  });

  test('C06 a code of another sign-in is refused by the auth server and signs nobody in', async () => {
    server.answer(() => ({ status: 400, body: { error_code: 'bad_code_verifier', msg: 'no' } }));
    const response = await callback(request(`/auth/callback?code=${CODE}`, { cookies: [verifier()] }));
    expect(setCookies(response).filter((line) => /auth-token=base64/.test(line))).toEqual([]);
  });

  test('C01 whoever has a second factor is asked for it before going on', async () => {
    const user = { id: crypto.randomUUID(), aud: 'authenticated', email: 'a@example.com', factors: [{ status: 'verified' }] };
    server.answer(() => ({ status: 200, body: newSession({ user }) }));
    const response = await callback(request(`/auth/callback?code=${CODE}&next=/orgs/acme`, { cookies: [verifier()] }));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/mfa?next=%2Forgs%2Facme`);
  });

  test('C40 a sign-in asks with an S256 challenge, never a plain one and never without', async () => {
    const jar = new CookieJar(config().supabase ?? expect.fail(), config(), []);
    await jar.client().auth.signInWithOtp({ email: 'a@example.com' });
    await jar.client().auth.signUp({ email: 'a@example.com', password: 'long enough for anybody' });
    await jar.client().auth.resetPasswordForEmail('a@example.com');
    expect(server.calls).toHaveLength(3);
    for (const { body } of server.calls) {
      expect(body).toMatchObject({ code_challenge_method: 's256', code_challenge: expect.stringMatching(/^[\w-]{43}$/) });
    }
    const { data } = await jar.client().auth.signInWithOAuth({ provider: 'github' });
    expect(new URL(data.url ?? '').searchParams.get('code_challenge_method')).toBe('s256');
  });

  test.each([200, 404, 400])('C01 an answer (%i) is stored by no cache, whether it writes cookies or not', async (status) => {
    server.answer(() => ({ status, body: status === 200 ? newSession() : { error_code: 'flow_state_not_found', msg: 'no' } }));
    const response = await callback(request(`/auth/callback?code=${CODE}`, { cookies: [verifier()] }));
    if (status === 200) expect(setCookies(response)).not.toEqual([]);
    expect(response.headers.get('cache-control')).toContain('no-store');
  });

  test('C36 half of an e-mail change is no error', async () => {
    const response = await callback(request('/auth/callback?message=Confirmation+link+accepted'));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/auth/error?reason=email_change_half`);
  });

  test('C08 C09 what stands behind the # goes to a page that can read it', async () => {
    const response = await callback(request('/auth/callback?next=/orgs/acme'));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/auth/finish?next=%2Forgs%2Facme`);
  });

  test('C14 headers of a proxy do not choose where people go', async () => {
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
