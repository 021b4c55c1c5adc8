import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newSession, type ScriptedAuthServer, sessionCookie, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { setConfig, signHs256 } from '@/e2e/support/test-project';
import { refreshSession, type SessionRefresh } from './refresh-session';
import { readSessionCookie } from './session-cookie';
import { sessionCookieName } from './session-cookie-name';

let server: ScriptedAuthServer;
let name: string;

beforeEach(async () => {
  server = await startScriptedAuthServer();
  configure(server.url);
  name = sessionCookieName({ supabasePublicUrl: server.url, dashboardUrl: 'http://localhost:3000' });
});
afterEach(() => server.close());

function configure(url: string) {
  setConfig({ SUPABASE_URL: url, SUPABASE_ANON_KEY: signHs256({ iss: 'supabase', role: 'anon', iat: 1, exp: 4_000_000_000 }) });
}

const seconds = () => Math.floor(Date.now() / 1000);
const expired = () => newSession({ expires_at: seconds() - 10 });
const writesOf = (refresh: SessionRefresh) => (refresh.kind === 'unreachable' ? null : refresh.writes);
const isCleared = (refresh: SessionRefresh) =>
  refresh.kind === 'none' &&
  refresh.writes?.cookies.some((cookie) => cookie.name.startsWith(name)) &&
  refresh.writes.cookies.every(({ value, options }) => value === '' && options.maxAge === 0);

describe('a session that is due', () => {
  test('is left alone while it has more than a minute to live', async () => {
    const session = newSession();
    const refresh = await refreshSession([sessionCookie(name, session)]);
    expect(refresh).toMatchObject({ kind: 'live', session: { accessToken: session.access_token }, writes: null });
    expect(server.calls).toHaveLength(0);
  });

  test('is refreshed before it ends, and the answer must not be cached', async () => {
    const next = newSession();
    server.answer(() => ({ status: 200, body: next }));
    const refresh = await refreshSession([sessionCookie(name, newSession({ expires_at: seconds() + 30 }))]);
    const writes = writesOf(refresh);
    const stored = await readSessionCookie(writes?.cookies.filter(({ value }) => value) ?? [], name);
    expect(stored?.accessToken).toBe(next.access_token);
    expect(refresh).toMatchObject({ kind: 'live', session: { accessToken: next.access_token } });
    expect(writes?.headers['Cache-Control']).toContain('no-store');
    expect(writes?.cookies[0]?.options).toMatchObject({ path: '/', sameSite: 'lax', secure: false });
  });

  test('is refreshed although it is not due when the API refused its token', async () => {
    const next = newSession();
    server.answer(() => ({ status: 200, body: next }));
    const refresh = await refreshSession([sessionCookie(name, newSession())], { evenIfFresh: true });
    expect(refresh).toMatchObject({ kind: 'live', session: { accessToken: next.access_token } });
    expect(server.calls).toHaveLength(1);
  });

  test('C20 is refreshed once for thirty requests at the same moment, and all of them get it', async () => {
    const cookie = sessionCookie(name, expired());
    const all = await Promise.all(Array.from({ length: 30 }, () => refreshSession([cookie])));
    expect(server.calls).toHaveLength(1);
    const tokens = await Promise.all(
      all.map(async (refresh) => (await readSessionCookie(writesOf(refresh)?.cookies ?? [], name))?.accessToken),
    );
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toBeTruthy();
  });

  test('C20 two sessions are refreshed once each', async () => {
    const cookies = [expired(), expired()].map((session) => sessionCookie(name, session));
    await Promise.all(Array.from({ length: 30 }, (_, i) => refreshSession(cookies.slice(i % 2, (i % 2) + 1))));
    expect(new Set(server.calls.map(({ body }) => body.refresh_token)).size).toBe(2);
    expect(server.calls).toHaveLength(2);
  });

  test('C20 is not refreshed again for a request that left before the cookies changed', async () => {
    const cookie = sessionCookie(name, expired());
    await refreshSession([cookie]);
    expect((await refreshSession([cookie])).kind).toBe('live');
    expect(server.calls).toHaveLength(1);
  });
});

describe('C21 a session that is over', () => {
  test.each([
    ['refresh_token_not_found', 'session_ended'],
    ['refresh_token_already_used', 'session_ended'],
    ['session_not_found', 'session_ended'],
    ['session_expired', 'session_ended'],
    ['user_not_found', 'session_ended'],
    ['user_banned', 'banned'],
  ])('is cleared when the auth server says %s, and the person hears %s', async (code, why) => {
    server.answer(() => ({ status: 400, body: { code, message: 'no' } }));
    const refresh = await refreshSession([sessionCookie(name, expired())]);
    expect(isCleared(refresh)).toBe(true);
    expect(writesOf(refresh)?.ended).toBe(why);
  });

  test.each([
    ['the older error shape', { code: 400, error_code: 'refresh_token_not_found', msg: 'no' }],
    ['the OAuth error shape', { error: 'invalid_grant', error_description: 'no' }],
  ])('is cleared when told in %s', async (_shape, body) => {
    server.answer(() => ({ status: 400, body }));
    expect(isCleared(await refreshSession([sessionCookie(name, expired())]))).toBe(true);
  });
});

describe('C22 an outage signs nobody out', () => {
  const unreachable = { kind: 'unreachable' };

  test.each([401, 409, 429, 500, 502, 503, 504])('status %i keeps the cookies', async (status) => {
    server.answer(() => ({ status, body: { code: 'unexpected_failure', message: 'no' } }));
    expect(await refreshSession([sessionCookie(name, expired())])).toEqual(unreachable);
  });

  test('a session with half a minute left is used until its end', async () => {
    server.answer(() => ({ status: 503 }));
    const session = newSession({ expires_at: seconds() + 30 });
    const refresh = await refreshSession([sessionCookie(name, session)]);
    expect(refresh).toMatchObject({ kind: 'live', session: { accessToken: session.access_token }, writes: null });
  });

  test('a token that the API refused is not handed out again', async () => {
    server.answer(() => ({ status: 503 }));
    expect(await refreshSession([sessionCookie(name, newSession())], { evenIfFresh: true })).toEqual(unreachable);
  });

  test('a proxy that answers with HTML keeps the cookies', async () => {
    server.answer(() => ({ status: 400, html: '<h1>Bad Request</h1>' }));
    expect(await refreshSession([sessionCookie(name, expired())])).toEqual(unreachable);
  });

  test('a success that is no session keeps the cookies', async () => {
    server.answer(() => ({ status: 200, html: '<h1>Welcome to the captive portal</h1>' }));
    expect(await refreshSession([sessionCookie(name, expired())])).toEqual(unreachable);
  });

  test('a refused connection keeps the cookies', async () => {
    configure('http://127.0.0.1:9');
    const closed = sessionCookieName({ supabasePublicUrl: 'http://127.0.0.1:9', dashboardUrl: 'http://localhost:3000' });
    expect(await refreshSession([sessionCookie(closed, expired())])).toEqual(unreachable);
  });

  test('a server that takes the request and never answers keeps the cookies', async () => {
    const hung = Promise.withResolvers<{ status: number }>();
    server.answer(() => hung.promise);
    vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(AbortSignal.abort(new DOMException('late', 'TimeoutError')));
    expect(await refreshSession([sessionCookie(name, expired())])).toEqual(unreachable);
    hung.resolve({ status: 200 });
  });
});

describe('C18 cookies that are no session are cleared and never fail', () => {
  const half = () => sessionCookie(name, newSession()).value;
  const cases: [string, () => { name: string; value: string }[]][] = [
    ['base64 garbage', () => [{ name, value: 'base64-%%%%' }]],
    ['plain garbage', () => [{ name, value: 'hello' }]],
    ['JSON of another shape', () => [sessionCookie(name, { access_token: 1, refresh_token: {}, expires_at: 'soon' })]],
    ['null', () => [sessionCookie(name, null)]],
    ['an array', () => [sessionCookie(name, [1, 2])]],
    ['empty tokens', () => [sessionCookie(name, newSession({ access_token: '', refresh_token: '' }))]],
    ['an expiry that is no number', () => [sessionCookie(name, newSession({ expires_at: '9999999999' }))]],
    ['truncated JSON', () => [{ name, value: half().slice(0, -20) }]],
    ['bytes that are no UTF-8', () => [{ name, value: 'base64-_____w' }]],
    ['ten thousand brackets', () => [{ name, value: '['.repeat(10_000) }]],
    ['an empty value', () => [{ name, value: '' }]],
    ['the first chunk missing', () => [{ name: `${name}.1`, value: half() }]],
    [
      'a chunk missing in the middle',
      () => [
        { name: `${name}.0`, value: half().slice(0, 40) },
        { name: `${name}.2`, value: half().slice(80) },
      ],
    ],
    [
      'chunks swapped',
      () => [
        { name: `${name}.0`, value: half().slice(60) },
        { name: `${name}.1`, value: half().slice(0, 60) },
      ],
    ],
    ['fifty chunks', () => Array.from({ length: 50 }, (_, i) => ({ name: `${name}.${i}`, value: 'base64-e30' }))],
    ['one megabyte', () => [{ name, value: `base64-${'A'.repeat(1_048_576)}` }]],
  ];
  test.each(cases)('%s', async (_name, cookies) => {
    expect(isCleared(await refreshSession(cookies()))).toBe(true);
    expect(server.calls).toHaveLength(0);
  });

  test('cookies of other programs are not touched', async () => {
    expect(await refreshSession([{ name: 'theme', value: 'dark' }])).toEqual({ kind: 'none', writes: null });
  });
});

test('stub mode knows no session', async () => {
  setConfig({ PANDASTACK_AUTH_MODE: 'stub' });
  expect(await refreshSession([sessionCookie(name, expired())])).toEqual({ kind: 'none', writes: null });
});
