import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ScriptedProvider, startScriptedProvider } from '@/e2e/support/scripted-oidc-provider';
import { testDatabase } from '@/e2e/support/test-database';
import { setConfig } from '@/e2e/support/test-project';
import type { SessionWrites } from '@/lib/supabase/cookie-jar';
import { finishSignIn } from './finish-sign-in';
import { refreshUnderLease } from './refresh-lease';
import { refreshOnce } from './refresh-once';
import { refreshOidcSession } from './refresh-session';
import { readSession, sessionWrites } from './session-cookie';
import { signOutOidc } from './sign-out';
import { startSignIn } from './start-sign-in';

type Cookies = { name: string; value: string }[];
let provider: ScriptedProvider;

beforeAll(testDatabase);
beforeEach(async () => {
  provider = await startScriptedProvider();
});
afterEach(() => provider.close());

const written = (writes: SessionWrites | null | undefined): Cookies => writes?.cookies.filter(({ value }) => value !== '') ?? [];
const tokenCalls = () => provider.calls.filter((path) => path === '/token').length;

async function begin(next = '/orgs/acme') {
  const { url, writes } = await startSignIn([], next);
  const asked = new URL(url).searchParams;
  const query = new URLSearchParams({ state: asked.get('state') ?? '', code: asked.get('nonce') ?? '' });
  return { asked, query, cookies: written(writes) };
}

async function signedIn(): Promise<Cookies> {
  const { query, cookies } = await begin();
  return written((await finishSignIn(cookies, query)).writes);
}

async function sessionOf(cookies: Cookies) {
  const session = await readSession(cookies);
  if (!session) throw new Error('nobody is signed in');
  return session;
}

/** The same session, a moment before its end. */
async function dueCookies(changes: Record<string, unknown> = {}): Promise<Cookies> {
  const session = { ...(await sessionOf(await signedIn())), expiresAt: Math.floor(Date.now() / 1000) - 5, ...changes };
  return written(await sessionWrites(session, []));
}

describe('signing in', () => {
  test('asks for a code with PKCE, state and nonce at the documented redirect URL', async () => {
    const { asked } = await begin();
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: 'http://localhost:3000/auth/callback',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
  });

  test('ends in a session named by issuer and subject, and goes on to where one was going', async () => {
    const { query, cookies } = await begin();
    const outcome = await finishSignIn(cookies, query);
    expect(outcome).toMatchObject({ kind: 'signed_in', next: '/orgs/acme' });
    expect(await sessionOf(written(outcome.writes))).toMatchObject({
      userId: `${provider.issuer}|${provider.claims.sub}`,
      email: 'ada@example.com',
      emailVerified: true,
      aal: 'aal1',
    });
    expect(outcome.writes?.cookies.every(({ options }) => options.httpOnly && options.sameSite === 'lax')).toBe(true);
  });

  test('a code that another browser asked for signs nobody in', async () => {
    const attacker = await begin();
    const victim = await begin();
    expect(await finishSignIn([], attacker.query)).toMatchObject({ kind: 'failed', reason: 'restart' });
    expect(await finishSignIn(victim.cookies, attacker.query)).toMatchObject({ kind: 'failed', reason: 'restart' });
    expect(tokenCalls()).toBe(0);
  });

  test('two tabs may sign in at once', async () => {
    const first = await startSignIn([], '/account');
    const second = await startSignIn(written(first.writes), '/orgs/new');
    const asked = new URL(first.url).searchParams;
    const query = new URLSearchParams({ state: asked.get('state') ?? '', code: asked.get('nonce') ?? '' });
    expect(await finishSignIn(written(second.writes), query)).toMatchObject({ kind: 'signed_in', next: '/account' });
  });

  test('a reload of the return goes on when the first one signed in', async () => {
    const { query, cookies } = await begin();
    const first = await finishSignIn(cookies, query);
    provider.answer(({ path }) => (path === '/token' ? { status: 400, body: { error: 'invalid_grant' } } : undefined));
    expect(await finishSignIn([...cookies, ...written(first.writes)], query)).toMatchObject({ kind: 'signed_in' });
    expect(await finishSignIn(cookies, query)).toMatchObject({ kind: 'failed', reason: 'restart' });
  });

  test.each([
    ['access_denied', 'denied'],
    ['temporarily_unavailable', 'unavailable'],
    ['<script>', 'failed'],
  ])('the error %s is told as %s', async (error, reason) => {
    const { query, cookies } = await begin();
    query.delete('code');
    query.set('error', error);
    expect(await finishSignIn(cookies, query)).toMatchObject({ kind: 'failed', reason });
  });

  test.each<[string, () => void]>([
    ['a nonce of another sign-in', () => Object.assign(provider.claims, { nonce: 'other' })],
    ['no subject', () => Object.assign(provider.claims, { sub: '' })],
    ['a subject of 256 characters', () => Object.assign(provider.claims, { sub: 'x'.repeat(256) })],
    ['the id token of another client', () => Object.assign(provider.claims, { aud: 'other' })],
    ['the id token of another issuer', () => Object.assign(provider.claims, { iss: 'https://evil.test' })],
    ['an outage at the token endpoint', () => provider.answer(({ path }) => (path === '/token' ? { status: 503 } : undefined))],
  ])('%s signs nobody in', async (_what, arrange) => {
    const { query, cookies } = await begin();
    arrange();
    const outcome = await finishSignIn(cookies, query);
    expect(outcome.kind).toBe('failed');
    expect(await readSession(written(outcome.writes))).toBeNull();
  });

  test('the issuer is checked where the provider announces that it names itself', async () => {
    provider.metadata = { authorization_response_iss_parameter_supported: true };
    const { query, cookies } = await begin();
    expect(await finishSignIn(cookies, query)).toMatchObject({ kind: 'failed' });
    query.set('iss', provider.issuer);
    expect(await finishSignIn(cookies, query)).toMatchObject({ kind: 'signed_in' });
  });

  test.each([[undefined], ['true'], [1], [null]])('an address with email_verified %s is not a proven one', async (value) => {
    Object.assign(provider.claims, { email_verified: value });
    expect(await sessionOf(await signedIn())).toMatchObject({ email: 'ada@example.com', emailVerified: false });
  });

  test('only amr "mfa" is a second factor', async () => {
    Object.assign(provider.claims, { amr: ['pwd', 'otp', 'mfa'] });
    expect((await sessionOf(await signedIn())).aal).toBe('aal2');
    Object.assign(provider.claims, { amr: ['otp'] });
    expect((await sessionOf(await signedIn())).aal).toBe('aal1');
  });

  test.each([{ userinfo_endpoint: undefined }, { issuer: 'https://other.example' }])(
    'a provider with %o is not used',
    async (wrong) => {
      provider.metadata = wrong;
      await expect(startSignIn([], '/')).rejects.toMatchObject({ code: 'auth_provider_unavailable' });
    },
  );
});

describe('the session cookie', () => {
  test('is cut into chunks and read again; one that grew too large loses the id token', async () => {
    const session = { ...(await sessionOf(await signedIn())), accessToken: 'a'.repeat(6_000) };
    const cookies = written(await sessionWrites(session, []));
    expect(cookies.length).toBeGreaterThan(1);
    expect(cookies.every(({ name, value }) => name.length + value.length < 4_000)).toBe(true);
    expect(await readSession(cookies)).toMatchObject({ accessToken: session.accessToken, idToken: null });
    await expect(sessionWrites({ ...session, accessToken: 'a'.repeat(40_000) }, [])).rejects.toThrow();
  });

  test('tampered, cut, foreign and huge ones are cleared and never fail', async () => {
    const [cookie] = (await signedIn()).filter(({ name }) => name === 'pandastack-session');
    const value = cookie?.value ?? '';
    const flipped = `${value.slice(0, -6)}${value.at(-6) === 'A' ? 'B' : 'A'}${value.slice(-5)}`;
    for (const wrong of [flipped, value.slice(0, 80), 'garbage', 'a.b.c.d.e', 'A'.repeat(100_000), '%']) {
      const refresh = await refreshOidcSession([{ name: 'pandastack-session', value: wrong }]);
      expect(refresh).toMatchObject({ kind: 'none', writes: { cookies: [{ value: '', options: { maxAge: 0 } }] } });
    }
    setConfig(provider.env({ PANDASTACK_SESSION_SECRET: 'another-secret-0123456789-0123456789-0123' }));
    expect(await readSession([{ name: 'pandastack-session', value }])).toBeNull();
    const rotated = { PANDASTACK_SESSION_SECRET_PREVIOUS: 'a-session-secret-of-the-tests-0123456789' };
    setConfig(provider.env({ PANDASTACK_SESSION_SECRET: 'another-secret-0123456789-0123456789-0123', ...rotated }));
    expect(await readSession([{ name: 'pandastack-session', value }])).not.toBeNull();
    setConfig(provider.env({ PANDASTACK_OIDC_CLIENT_ID: 'another-client' }));
    expect(await readSession([{ name: 'pandastack-session', value }])).toBeNull();
  });
});

describe('refreshing', () => {
  test('thirty requests at once ask the provider once, and so does a late one', async () => {
    const cookies = await dueCookies();
    const before = tokenCalls();
    const all = await Promise.all(Array.from({ length: 30 }, () => refreshOidcSession(cookies)));
    expect(all.every(({ kind }) => kind === 'live')).toBe(true);
    expect((await refreshOidcSession(cookies)).kind).toBe('live');
    expect(tokenCalls() - before).toBe(1);
  });

  test('replicas that share nothing but the database ask the provider once', async () => {
    const session = await sessionOf(await dueCookies());
    let asked = 0;
    const ask = async () => {
      asked++;
      return { kind: 'session' as const, session };
    };
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => refreshUnderLease(session.refreshToken ?? '', ask)));
    expect(outcomes.every(({ kind }) => kind === 'session')).toBe(true);
    expect(asked).toBe(1);
  });

  test('an outage keeps the cookies', async () => {
    const cookies = await dueCookies();
    provider.answer(({ path }) => (path === '/token' ? { status: 503 } : undefined));
    expect(await refreshOidcSession(cookies)).toEqual({ kind: 'unreachable' });
  });

  test.each([
    ['invalid_grant', 'none'],
    ['invalid_client', 'unreachable'],
  ])('%s leaves it %s', async (error, kind) => {
    const cookies = await dueCookies();
    provider.answer(({ path }) => (path === '/token' ? { status: 400, body: { error } } : undefined));
    expect((await refreshOidcSession(cookies)).kind).toBe(kind);
  });

  test('the tokens of another person end the session', async () => {
    const session = await sessionOf(await dueCookies());
    Object.assign(provider.claims, { sub: 'somebody-else' });
    expect(await refreshOnce(session)).toEqual({ kind: 'ended' });
  });

  test('without a refresh token a session ends with its access token', async () => {
    expect(await refreshOidcSession(await dueCookies({ refreshToken: null }))).toMatchObject({ kind: 'none' });
  });
});

describe('signing out', () => {
  test('clears the cookies, and a copy of them can be refreshed no more', async () => {
    const cookies = await dueCookies();
    const { writes, providerUrl } = await signOutOidc(cookies, '/');
    expect(providerUrl).toBeNull();
    expect(writes.cookies.filter(({ name }) => name.startsWith('pandastack-session')).every(({ value }) => value === '')).toBe(
      true,
    );
    expect((await refreshOidcSession(cookies)).kind).toBe('none');
  });

  test('goes on to the provider where it announces a way, and asks for an account at the next sign-in', async () => {
    provider.metadata = { end_session_endpoint: `${provider.issuer}/end`, revocation_endpoint: `${provider.issuer}/revoke` };
    const { writes, providerUrl } = await signOutOidc(await signedIn(), '/invite/continue');
    const query = new URL(providerUrl ?? '').searchParams;
    expect(query.get('post_logout_redirect_uri')).toBe('http://localhost:3000/login?reason=signed_out');
    expect(query.get('state')).toBe('/invite/continue');
    expect(query.get('id_token_hint')).toMatch(/^eyJ/);
    expect(provider.calls).toContain('/revoke');
    const again = await startSignIn(written(writes), '/');
    expect(new URL(again.url).searchParams.get('prompt')).toBe('login');
  });
});

test('a second copy of this module, as the built product has one, works with what the first discovered', async () => {
  await startSignIn([], '/');
  const before = provider.calls.length;
  vi.resetModules();
  const copy = await import('./start-sign-in');
  expect((await copy.startSignIn([], '/')).url).toContain(provider.issuer);
  expect(provider.calls.length).toBe(before);
  const { refreshOidcSession: refreshInCopy } = await import('./refresh-session');
  expect((await refreshInCopy(await dueCookies())).kind).toBe('live');
});
