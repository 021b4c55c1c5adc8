import { NextRequest } from 'next/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newSession, type ScriptedAuthServer, sessionCookie, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { setConfig, signHs256 } from '@/e2e/support/test-project';
import { readSessionCookie } from '@/lib/supabase/session-cookie';
import { sessionCookieName } from '@/lib/supabase/session-cookie-name';
import { config, proxy } from './proxy';

let server: ScriptedAuthServer;
let name: string;

beforeEach(async () => {
  server = await startScriptedAuthServer();
  setConfig({
    SUPABASE_URL: server.url,
    SUPABASE_ANON_KEY: signHs256({ iss: 'supabase', role: 'anon', iat: 1, exp: 4_000_000_000 }),
  });
  name = sessionCookieName({ supabasePublicUrl: server.url, dashboardUrl: 'http://localhost:3000' });
});
afterEach(() => server.close());

function request(path: string, cookies: { name: string; value: string }[] = []): NextRequest {
  const cookie = cookies.map((one) => `${one.name}=${one.value}`).join('; ');
  return new NextRequest(`http://localhost:3000${path}`, { headers: cookie ? { cookie } : {} });
}

test('a refreshed session reaches the page of this request and the browser', async () => {
  const next = newSession();
  server.answer(() => ({ status: 200, body: next }));
  const old = sessionCookie(name, newSession({ expires_at: 1 }));
  const response = await proxy(request('/orgs/acme', [old, { name: 'theme', value: 'dark' }]));

  const forPage = response.headers.get('x-middleware-request-cookie') ?? '';
  const seen = forPage
    .split('; ')
    .map((pair) => ({ name: pair.split('=')[0] ?? '', value: decodeURIComponent(pair.split('=')[1] ?? '') }));
  expect((await readSessionCookie(seen, name))?.accessToken).toBe(next.access_token);
  expect(seen.find((cookie) => cookie.name === 'theme')?.value).toBe('dark');
  expect((await readSessionCookie(response.cookies.getAll(), name))?.accessToken).toBe(next.access_token);
  expect(response.headers.get('cache-control')).toContain('no-store');
});

test.each([
  ['session_not_found', 'session_ended'],
  ['refresh_token_already_used', 'session_ended'],
  ['session_expired', 'session_ended'],
  ['user_banned', 'banned'],
])('C21 a session that is over (%s) is gone for the page and for the browser', async (code, why) => {
  server.answer(() => ({ status: 400, body: { code, message: 'no' } }));
  const response = await proxy(request('/orgs/acme', [sessionCookie(name, newSession({ expires_at: 1 }))]));
  expect(response.headers.get('x-middleware-request-cookie') ?? '').not.toContain(name);
  expect(response.cookies.get(name)).toMatchObject({ value: '', maxAge: 0, expires: new Date(0) });
  expect(response.cookies.get('pandastack-session-ended')).toMatchObject({ value: why, maxAge: 20 });
});

describe('C22 while the auth server is away', () => {
  const answers: [string, { status: number; html?: string }][] = [
    ['409', { status: 409 }],
    ['429', { status: 429 }],
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['HTML', { status: 400, html: '<h1>Maintenance</h1>' }],
  ];
  test.each(answers)(
    '(%s) somebody whose session has run out is asked to try again, and stays signed in',
    async (_name, answer) => {
      server.answer(() => answer);
      const response = await proxy(request('/orgs/acme', [sessionCookie(name, newSession({ expires_at: 1 }))]));
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(response.headers.get('location')).toBeNull();
      expect(response.headers.get('cache-control')).toContain('no-store');
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(await response.text()).toContain('You are still signed in');
    },
  );

  test.each(['/login', '/signup'])('%s opens all the same, with the cookies kept', async (path) => {
    server.answer(() => ({ status: 503 }));
    const response = await proxy(request(path, [sessionCookie(name, newSession({ expires_at: 1 }))]));
    expect(response.headers.get('x-middleware-next')).toBe('1');
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  test('a session with half a minute left goes on as if nothing were', async () => {
    server.answer(() => ({ status: 503 }));
    const session = newSession({ expires_at: Math.floor(Date.now() / 1000) + 30 });
    const response = await proxy(request('/orgs/acme', [sessionCookie(name, session)]));
    expect(response.headers.get('x-middleware-next')).toBe('1');
    expect(response.headers.get('set-cookie')).toBeNull();
  });
});

test('C18 a cookie that does not even decode is cleared', async () => {
  const response = await proxy(request('/orgs/acme', [{ name, value: 'base64-%%%' }]));
  expect(response.cookies.get(name)).toMatchObject({ value: '', maxAge: 0 });
});

test('nobody is sent anywhere: it guards nothing', async () => {
  const response = await proxy(request('/orgs/acme'));
  expect(response.headers.get('location')).toBeNull();
  expect(response.headers.get('x-middleware-next')).toBe('1');
  expect(response.headers.get('set-cookie')).toBeNull();
});

test('/auth/* keeps the cookies to itself', async () => {
  await proxy(request('/auth/sign-out', [sessionCookie(name, newSession({ expires_at: 1 }))]));
  expect(server.calls).toHaveLength(0);
});

describe('security headers', () => {
  test('every response has its own nonce, known to the page', async () => {
    const [first, second] = [await proxy(request('/')), await proxy(request('/'))];
    const nonce = first.headers.get('x-middleware-request-x-nonce');
    expect(first.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    expect(first.headers.get('content-security-policy')).not.toBe(second.headers.get('content-security-policy'));
  });

  test('scripts run by nonce alone, and the browser may talk to us and the auth server only', async () => {
    const policy = (await proxy(request('/'))).headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]+' 'strict-dynamic';/);
    expect(policy).toContain(`connect-src 'self' ws://localhost:3000 ${server.url};`);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test('an invite tells nobody its address', async () => {
    expect((await proxy(request('/invite/secret'))).headers.get('referrer-policy')).toBe('no-referrer');
    expect((await proxy(request('/orgs'))).headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
  });

  test('https is demanded where the dashboard has it', async () => {
    expect((await proxy(request('/'))).headers.get('strict-transport-security')).toBeNull();
    setConfig({
      SUPABASE_URL: server.url,
      SUPABASE_ANON_KEY: signHs256({ iss: 'supabase', role: 'anon', iat: 1, exp: 4_000_000_000 }),
      PANDASTACK_DASHBOARD_URL: 'https://dash.example',
    });
    expect((await proxy(request('/'))).headers.get('strict-transport-security')).toContain('max-age=');
  });
});

describe('what passes through it', () => {
  const pattern = new RegExp(`^${config.matcher[0]}$`);
  test.each(['/', '/orgs/acme', '/login', '/auth/callback', '/invite/x', '/v10', '/versions', '/metrics-of-life'])(
    '%s does',
    (path) => {
      expect(pattern.test(path)).toBe(true);
    },
  );
  test.each([
    '/v1',
    '/v1/me',
    '/v1/orgs/x/invites',
    '/healthz',
    '/readyz',
    '/metrics',
    '/version',
    '/_next/static/a.js',
    '/icon.svg',
  ])('%s does not', (path) => {
    expect(pattern.test(path)).toBe(false);
  });
});
