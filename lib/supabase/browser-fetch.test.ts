import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newSession, sessionCookie } from '@/e2e/support/scripted-auth-server';
import type { PublicConfig } from '@/lib/public-config';
import { refreshingAtOurServer } from './browser-fetch';
import { sessionCookieName } from './session-cookie-name';

const AUTH = 'https://project.example';
const REFRESH = `${AUTH}/auth/v1/token?grant_type=refresh_token`;
const config: PublicConfig = {
  authMode: 'supabase',
  apiUrl: '',
  dashboardUrl: 'https://dash.example',
  supabaseUrl: AUTH,
  supabaseAnonKey: 'anon',
  signupOpen: true,
  stubToken: null,
};
const mine = newSession();
const sent = vi.fn<typeof fetch>();

beforeEach(() => {
  const { name, value } = sessionCookie(sessionCookieName({ supabasePublicUrl: AUTH, dashboardUrl: config.dashboardUrl }), mine);
  vi.stubGlobal('document', { cookie: `theme=dark; ${name}=${value}` });
  vi.stubGlobal('fetch', sent);
});
afterEach(() => {
  vi.unstubAllGlobals();
  sent.mockReset();
});

const refresh = (token: unknown) =>
  refreshingAtOurServer(config)(REFRESH, { method: 'POST', body: JSON.stringify({ refresh_token: token }) });

test("a refresh of this browser's own session is done by our server", async () => {
  sent.mockResolvedValueOnce(Response.json(newSession()));
  expect((await refresh(mine.refresh_token)).status).toBe(200);
  expect(sent.mock.calls.map(([url]) => url)).toEqual(['/auth/refresh?anew=1&store=caller']);
});

test('tokens out of a link are asked about at the auth server, not taken for ours', async () => {
  sent.mockResolvedValueOnce(Response.json(newSession()));
  await refresh('a-token-from-a-link');
  expect(sent.mock.calls.map(([url]) => url)).toEqual([REFRESH]);
});

test('every other request goes where it was going', async () => {
  sent.mockResolvedValueOnce(Response.json({}));
  await refreshingAtOurServer(config)(`${AUTH}/auth/v1/token?grant_type=password`, { method: 'POST', body: '{}' });
  expect(sent.mock.calls.map(([url]) => url)).toEqual([`${AUTH}/auth/v1/token?grant_type=password`]);
});

test('C21 an ended session is told in the way the library understands', async () => {
  sent.mockResolvedValueOnce(Response.json({}, { status: 401 }));
  const answer = await refresh(mine.refresh_token);
  expect([answer.status, await answer.json()]).toMatchObject([400, { error_code: 'refresh_token_not_found' }]);
});

test.each([403, 429, 500, 502])('C22 our own %i never makes the library forget the session', async (status) => {
  sent.mockResolvedValueOnce(new Response('<h1>no</h1>', { status }));
  expect((await refresh(mine.refresh_token)).status).toBe(503);
});

test('C22 neither does being offline', async () => {
  sent.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  expect((await refresh(mine.refresh_token)).status).toBe(503);
});
