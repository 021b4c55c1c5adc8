import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newSession, sessionCookie } from '@/e2e/support/scripted-auth-server';
import type { PublicConfig } from '@/lib/public-config';
import { sessionCookieName } from '@/lib/supabase/session-cookie-name';
import { apiFetch } from './api-fetch';
import { PublicConfigProvider } from './public-config-context';

const AUTH = 'https://project.example';
const config: PublicConfig = {
  authMode: 'supabase',
  apiUrl: '',
  dashboardUrl: 'https://dash.example',
  supabaseUrl: AUTH,
  supabaseAnonKey: 'anon',
  signupOpen: true,
  stubToken: null,
};
const sent = vi.fn<typeof fetch>();
const location = { pathname: '/orgs/acme', search: '?a=1', assign: vi.fn(), reload: vi.fn() };
const paths = () => sent.mock.calls.map(([url]) => String(url));

function withCookies(session: unknown) {
  const { name, value } = sessionCookie(
    sessionCookieName({ supabasePublicUrl: AUTH, dashboardUrl: config.dashboardUrl }),
    session,
  );
  vi.stubGlobal('document', { cookie: session ? `${name}=${value}` : '' });
}

beforeEach(() => {
  vi.stubGlobal('window', { location });
  vi.stubGlobal('fetch', sent);
  PublicConfigProvider({ config, children: null });
});
afterEach(() => {
  vi.unstubAllGlobals();
  sent.mockReset();
  location.assign.mockReset();
});

const unauthorized = () => Response.json({ error: 'no', code: 'token_expired' }, { status: 401 });
const expired = () => newSession({ expires_at: 1 });

test('a session that has run out is refreshed by our server before the call', async () => {
  withCookies(expired());
  const fresh = newSession();
  sent.mockResolvedValueOnce(Response.json(fresh)).mockResolvedValueOnce(Response.json({ ok: true }));
  expect(await apiFetch('GET', '/v1/me')).toEqual({ ok: true });
  expect(paths()).toEqual(['/auth/refresh', '/v1/me']);
  expect(new Headers(sent.mock.calls[1]?.[1]?.headers).get('authorization')).toBe(`Bearer ${fresh.access_token}`);
});

test('C22 during an outage the island hears of an outage, and nobody is sent to the sign-in page', async () => {
  withCookies(expired());
  sent.mockResolvedValueOnce(Response.json({}, { status: 503 }));
  await expect(apiFetch('POST', '/v1/orgs', { name: 'x' })).rejects.toMatchObject({
    status: 503,
    code: 'auth_provider_unavailable',
    hint: expect.stringContaining('still signed in'),
  });
  expect(location.assign).not.toHaveBeenCalled();
  expect(paths()).toEqual(['/auth/refresh']);
});

test('C22 neither when the API refuses the token and the refresh cannot be made', async () => {
  withCookies(newSession());
  sent.mockResolvedValueOnce(unauthorized()).mockRejectedValueOnce(new TypeError('Failed to fetch'));
  await expect(apiFetch('GET', '/v1/me')).rejects.toMatchObject({ status: 503 });
  expect(location.assign).not.toHaveBeenCalled();
});

test('C21 when the session is over one is sent to the sign-in page, once, with the way back', async () => {
  withCookies(newSession());
  sent.mockResolvedValueOnce(unauthorized()).mockResolvedValueOnce(Response.json({}, { status: 401 }));
  await expect(apiFetch('GET', '/v1/me')).rejects.toMatchObject({ status: 401 });
  expect(location.assign.mock.calls).toEqual([['/login?reason=session_ended&next=%2Forgs%2Facme%3Fa%3D1']]);
});

test('C21 a new token that is refused too ends there', async () => {
  withCookies(newSession());
  sent.mockImplementation(async (url) => (String(url).startsWith('/auth/') ? Response.json(newSession()) : unauthorized()));
  await expect(apiFetch('GET', '/v1/me')).rejects.toMatchObject({ status: 401 });
  expect(paths()).toEqual(['/v1/me', '/auth/refresh?anew=1', '/v1/me']);
  expect(location.assign).toHaveBeenCalledTimes(1);
});
