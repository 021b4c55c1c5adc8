import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newSession, type ScriptedAuthServer, sessionCookie, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { setConfig, signHs256 } from '@/e2e/support/test-project';
import type { SessionWrites } from './cookie-jar';
import { refreshSession } from './refresh-session';
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
const isCleared = (writes: SessionWrites | null) =>
  writes?.cookies.some((cookie) => cookie.name.startsWith(name)) &&
  writes.cookies.every(({ value, options }) => value === '' && options.maxAge === 0);

describe('a session that is due', () => {
  test('is left alone while it has more than a minute to live', async () => {
    expect(await refreshSession([sessionCookie(name, newSession())])).toBeNull();
    expect(server.calls).toHaveLength(0);
  });

  test('is refreshed before it ends, and the answer must not be cached', async () => {
    const next = newSession();
    server.answer(() => ({ status: 200, body: next }));
    const writes = await refreshSession([sessionCookie(name, newSession({ expires_at: seconds() + 30 }))]);
    const stored = await readSessionCookie(writes?.cookies.filter(({ value }) => value) ?? [], name);
    expect(stored?.accessToken).toBe(next.access_token);
    expect(writes?.headers['Cache-Control']).toContain('no-store');
    expect(writes?.cookies[0]?.options).toMatchObject({ path: '/', sameSite: 'lax', secure: false });
  });

  test('is refreshed once for thirty requests at the same moment, and all of them get it', async () => {
    const cookie = sessionCookie(name, expired());
    const all = await Promise.all(Array.from({ length: 30 }, () => refreshSession([cookie])));
    expect(server.calls).toHaveLength(1);
    const tokens = await Promise.all(
      all.map(async (writes) => (await readSessionCookie(writes?.cookies ?? [], name))?.accessToken),
    );
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toBeTruthy();
  });

  test('is not refreshed again for a request that left before the cookies changed', async () => {
    const cookie = sessionCookie(name, expired());
    await refreshSession([cookie]);
    expect(await refreshSession([cookie])).not.toBeNull();
    expect(server.calls).toHaveLength(1);
  });
});

describe('a session that is over', () => {
  test.each(['refresh_token_not_found', 'refresh_token_already_used', 'session_not_found', 'session_expired', 'user_banned'])(
    'is cleared when the auth server says %s',
    async (code) => {
      server.answer(() => ({ status: 400, body: { code, message: 'no' } }));
      expect(isCleared(await refreshSession([sessionCookie(name, expired())]))).toBe(true);
    },
  );

  test.each([
    ['the older error shape', { code: 400, error_code: 'refresh_token_not_found', msg: 'no' }],
    ['the OAuth error shape', { error: 'invalid_grant', error_description: 'no' }],
  ])('is cleared when told in %s', async (_shape, body) => {
    server.answer(() => ({ status: 400, body }));
    expect(isCleared(await refreshSession([sessionCookie(name, expired())]))).toBe(true);
  });
});

describe('an outage signs nobody out', () => {
  test.each([401, 409, 429, 500, 502, 503, 504])('status %i keeps the cookies', async (status) => {
    server.answer(() => ({ status, body: { code: 'unexpected_failure', message: 'no' } }));
    expect(await refreshSession([sessionCookie(name, expired())])).toBeNull();
  });

  test('a proxy that answers with HTML keeps the cookies', async () => {
    server.answer(() => ({ status: 400, html: '<h1>Bad Request</h1>' }));
    expect(await refreshSession([sessionCookie(name, expired())])).toBeNull();
  });

  test('a success that is no session keeps the cookies', async () => {
    server.answer(() => ({ status: 200, html: '<h1>Welcome to the captive portal</h1>' }));
    expect(await refreshSession([sessionCookie(name, expired())])).toBeNull();
  });

  test('a refused connection keeps the cookies', async () => {
    configure('http://127.0.0.1:9');
    const closed = sessionCookieName({ supabasePublicUrl: 'http://127.0.0.1:9', dashboardUrl: 'http://localhost:3000' });
    expect(await refreshSession([sessionCookie(closed, expired())])).toBeNull();
  });
});

describe('cookies that are no session are cleared and never fail', () => {
  const half = () => sessionCookie(name, newSession()).value;
  const cases: [string, () => { name: string; value: string }[]][] = [
    ['base64 garbage', () => [{ name, value: 'base64-%%%%' }]],
    ['plain garbage', () => [{ name, value: 'hello' }]],
    ['JSON of another shape', () => [sessionCookie(name, { access_token: 1, refresh_token: {}, expires_at: 'soon' })]],
    ['null', () => [sessionCookie(name, null)]],
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
    expect(await refreshSession([{ name: 'theme', value: 'dark' }])).toBeNull();
  });
});

test('stub mode knows no session', async () => {
  setConfig({ PANDASTACK_AUTH_MODE: 'stub' });
  expect(await refreshSession([sessionCookie(name, expired())])).toBeNull();
});
