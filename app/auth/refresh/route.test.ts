import { afterEach, beforeEach, expect, test } from 'vitest';
import { pageRequest } from '@/e2e/support/page-request';
import { newSession, type ScriptedAuthServer, sessionCookie, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { setConfig, signHs256 } from '@/e2e/support/test-project';
import { readSessionCookie } from '@/lib/supabase/session-cookie';
import { sessionCookieName } from '@/lib/supabase/session-cookie-name';
import { POST as refresh } from './route';

const DASHBOARD = 'https://dash.example';
const OURS = { 'sec-fetch-site': 'same-origin' };
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

const expired = () => sessionCookie(name, newSession({ expires_at: 1 }));
const ask = (query: string, cookies: { name: string; value: string }[], headers: Record<string, string> = OURS) =>
  refresh(pageRequest(`/auth/refresh${query}`, { cookies, headers, form: {} }));
const written = (response: Response) =>
  response.headers.getSetCookie().map((line) => ({ name: line.split('=')[0] ?? '', value: line.split(/[=;]/)[1] ?? '' }));

test('a script gets the fresh session, and the browser its cookies, uncached', async () => {
  const next = newSession();
  server.answer(() => ({ status: 200, body: next }));
  const response = await ask('', [expired()]);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ access_token: next.access_token, refresh_token: next.refresh_token });
  expect((await readSessionCookie(written(response), name))?.accessToken).toBe(next.access_token);
  expect(response.headers.get('cache-control')).toContain('no-store');
});

test('a session that is not due costs nothing, and one whose token was refused is renewed', async () => {
  const session = newSession();
  const cookies = [sessionCookie(name, session)];
  expect(await (await ask('', cookies)).json()).toMatchObject({ access_token: session.access_token });
  expect(server.calls).toHaveLength(0);
  expect(await (await ask('?anew=1', cookies)).json()).not.toMatchObject({ access_token: session.access_token });
  expect(server.calls).toHaveLength(1);
});

test('C20 scripts and pages that refresh at the same moment use the refresh token once', async () => {
  const { proxy } = await import('@/proxy');
  const cookies = [expired()];
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, i) => (i % 2 ? ask('', cookies) : proxy(pageRequest('/orgs/acme', { cookies })))),
  );
  expect(server.calls).toHaveLength(1);
  const tokens = await Promise.all(answers.map(async (answer) => (await readSessionCookie(written(answer), name))?.accessToken));
  expect(new Set(tokens).size).toBe(1);
  expect(tokens[0]).toBeTruthy();
});

test('the auth library writes the cookies itself when it asks', async () => {
  const response = await ask('?anew=1&store=caller', [expired()]);
  expect(await response.json()).toHaveProperty('user');
  expect(response.headers.getSetCookie()).toEqual([]);
});

test('C21 a session that is over is 401 and its cookies go', async () => {
  server.answer(() => ({ status: 400, body: { code: 'session_not_found', message: 'no' } }));
  const response = await ask('', [expired()]);
  expect(response.status).toBe(401);
  expect(response.headers.getSetCookie().find((line) => line.startsWith(`${name}=;`))).toContain('Max-Age=0');
});

test.each([409, 429, 500, 503])('C22 an outage (%i) is 503 and changes no cookie', async (status) => {
  server.answer(() => ({ status }));
  const response = await ask('', [expired()]);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBeTruthy();
  expect(response.headers.getSetCookie()).toEqual([]);
});

test('nobody signed in is 401', async () => {
  expect((await ask('', [])).status).toBe(401);
});

test.each([
  ['sec-fetch-site', 'cross-site'],
  ['sec-fetch-site', 'same-site'],
  ['origin', 'https://evil.example'],
  ['origin', 'null'],
])('C17 another site (%s: %s) learns nothing and refreshes nothing', async (header, value) => {
  const response = await ask('?anew=1', [sessionCookie(name, newSession())], { [header]: value });
  expect(response.status).toBe(403);
  expect(server.calls).toHaveLength(0);
});
