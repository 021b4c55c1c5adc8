import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { POST as tokenRoute } from '@/app/auth/token/route';
import { pageRequest } from '@/e2e/support/page-request';
import { CLIENT_ID, type ScriptedProvider, startScriptedProvider } from '@/e2e/support/scripted-oidc-provider';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs } from '@/e2e/support/test-people';
import { setConfig, signHs256, startTestProject } from '@/e2e/support/test-project';
import { mintPageToken } from './page-token';
import { seal } from './seal';
import type { OidcSession } from './session';
import { sessionWrites } from './session-cookie';

const AUDIENCE = 'https://api.example.com';
let provider: ScriptedProvider;

beforeAll(testDatabase);
beforeAll(async () => {
  provider = await startScriptedProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.answer(() => undefined);
  setConfig(provider.env({ PANDASTACK_OIDC_AUDIENCE: AUDIENCE }));
});

function sessionOf(sub: string, changes: Partial<OidcSession> = {}): OidcSession {
  const now = Math.floor(Date.now() / 1000);
  return {
    userId: `${provider.issuer}|${sub}`,
    email: `${sub}@example.com`,
    emailVerified: true,
    name: '',
    aal: 'aal1',
    sessionId: randomUUID(),
    accessToken: `provider-token-of-${sub}`,
    refreshToken: randomUUID(),
    idToken: null,
    issuedAt: now,
    expiresAt: now + 3600,
    endsAt: now + 86_400,
    ...changes,
  };
}

/** Userinfo answers for whom the token was issued. */
const vouchFor = (verified: unknown = true) =>
  provider.answer(({ path, bearer }) => {
    const sub = bearer.replace('provider-token-of-', '');
    return path === '/userinfo'
      ? { status: 200, body: { sub, email: `${sub}@example.com`, email_verified: verified } }
      : undefined;
  });

async function person(sub: string = randomUUID()) {
  const session = sessionOf(sub);
  return { ...session, call: callAs((await mintPageToken(session)).accessToken) };
}

describe('a token of our own', () => {
  test('founds, invites, accepts, mints and removes like any other person', async () => {
    vouchFor();
    const [ada, grace] = [await person(`auth0|${randomUUID()}/x`), await person()];
    const org = (await ada.call('POST', '/v1/orgs', { name: 'Acme' })).body;
    expect((await ada.call('GET', '/v1/me')).body).toMatchObject({
      user_id: ada.userId,
      auth_method: 'oidc',
      current_org: { id: org.id },
    });
    const invite = await ada.call('POST', `/v1/orgs/${org.id}/invites`, { email: grace.email, role: 'member' });
    expect((await grace.call('POST', `/v1/orgs/invites/${invite.body.token}/accept`)).status).toBe(200);
    const minted = await grace.call('POST', `/v1/orgs/${org.id}/tokens`, { label: 'laptop' });
    expect((await callAs(minted.body.token)('GET', '/v1/me')).body).toMatchObject({ auth_method: 'token' });
    // Issuer and subject hold "/", ":" and "|", which a path carries escaped.
    const path = `/v1/orgs/${org.id}/members/${encodeURIComponent(grace.userId)}`;
    expect((await ada.call('PATCH', path, { role: 'admin' })).body).toMatchObject({ user_id: grace.userId, role: 'admin' });
    expect((await ada.call('DELETE', path)).status).toBe(204);
    expect((await callAs(minted.body.token)('GET', '/v1/me')).status).toBe(401);
  });

  test.each([[false], ['true'], [null]])('an address with email_verified %s accepts no invite', async (verified) => {
    vouchFor();
    const [ada, grace] = [await person(), await person()];
    const org = (await ada.call('POST', '/v1/orgs', { name: 'Acme' })).body;
    const invite = await ada.call('POST', `/v1/orgs/${org.id}/invites`, { email: grace.email, role: 'member' });
    vouchFor(verified);
    const refused = await grace.call('POST', `/v1/orgs/invites/${invite.body.token}/accept`);
    expect([refused.status, refused.body.code]).toEqual([403, 'email_not_verified']);
  });

  test.each([
    [401, 'session_revoked'],
    [403, 'session_revoked'],
    [500, 'auth_provider_unavailable'],
    [429, 'auth_provider_unavailable'],
  ])('a %i of userinfo ends in %s before what lasts, and reading goes on', async (status, code) => {
    const ada = await person();
    provider.answer(({ path }) => (path === '/userinfo' ? { status } : undefined));
    expect((await ada.call('POST', '/v1/orgs', { name: 'Acme' })).body.code).toBe(code);
    expect((await ada.call('GET', '/v1/me')).status).toBe(200);
  });

  test('userinfo of another subject is refused', async () => {
    const ada = await person();
    provider.answer(({ path }) => (path === '/userinfo' ? { status: 200, body: { sub: 'other' } } : undefined));
    expect((await ada.call('POST', '/v1/orgs', { name: 'Acme' })).body.code).toBe('session_revoked');
  });

  test('ends with the token of the provider, and one that is over is refused', async () => {
    const soon = Math.floor(Date.now() / 1000) + 20;
    expect((await mintPageToken(sessionOf('x', { expiresAt: soon }))).expiresAt).toBe(soon);
    const { accessToken } = await mintPageToken(sessionOf('x', { expiresAt: 1 }));
    expect((await callAs(accessToken)('GET', '/v1/me')).body.code).toBe('token_expired');
  });

  test('what was sealed for the session cookie opens nothing', async () => {
    const cookie = await seal('session', sessionOf('x'));
    expect((await callAs(cookie)('GET', '/v1/me')).body.code).toBe('invalid_token');
  });
});

describe("the provider's access tokens", () => {
  const claims = (changes: Record<string, unknown> = {}) => ({ aud: AUDIENCE, sub: 'ada', client_id: 'cli', ...changes });
  const codeFor = async (token: string) => (await callAs(token)('GET', '/v1/me')).body.code ?? 'accepted';

  test('one for this API is accepted, with and without its type', async () => {
    const { body } = await callAs(await provider.sign(claims(), { typ: 'at+jwt' }))('GET', '/v1/me');
    expect(body).toMatchObject({ user_id: `${provider.issuer}|ada`, auth_method: 'oidc' });
    expect(await codeFor(await provider.sign(claims({ aud: [AUDIENCE] })))).toBe('accepted');
  });

  const now = Math.floor(Date.now() / 1000);
  test.each<[string, string, Record<string, unknown>, Record<string, unknown>?]>([
    ['an id token', 'invalid_token', { nonce: 'n' }],
    ['an id token of the client', 'wrong_audience', { aud: CLIENT_ID }],
    ['a logout token', 'invalid_token', {}, { typ: 'logout+jwt' }],
    ["Keycloak's refresh token", 'invalid_token', { typ: 'Refresh' }],
    ['a token bound to a key', 'invalid_token', { cnf: { jkt: 'x' } }],
    ['another audience', 'wrong_audience', { aud: 'other' }],
    ['an audience besides ours', 'wrong_audience', { aud: [AUDIENCE, 'account'] }],
    ['another issuer', 'issuer_mismatch', { iss: 'https://other.example' }],
    ['no expiry', 'invalid_token', { exp: undefined }],
    ['the past', 'token_expired', { exp: now - 60 }],
    ['the future', 'token_not_yet_valid', { iat: now + 600 }],
    ['a life of a year', 'invalid_token', { exp: now + 31_536_000 }],
    ['no subject', 'invalid_token', { sub: '' }],
    ['a subject of 256 characters', 'invalid_token', { sub: 'x'.repeat(256) }],
    ['a subject that is half a character', 'invalid_token', { sub: '\ud800' }],
    ['a program by client credentials', 'client_token_not_allowed', { sub: 'cli' }],
    ["Keycloak's service account", 'client_token_not_allowed', { preferred_username: 'service-account-cli' }],
    ["Auth0's client credentials", 'client_token_not_allowed', { gty: 'client-credentials' }],
  ])('%s is refused with %s', async (_what, code, changes, header) => {
    expect(await codeFor(await provider.sign(claims(changes), header))).toBe(code);
  });

  test('without a configured audience none of them is accepted', async () => {
    setConfig(provider.env());
    expect(await codeFor(await provider.sign(claims()))).toBe('wrong_audience');
  });

  test('an outage of the keys is told as one', async () => {
    const other = await startScriptedProvider();
    setConfig(other.env({ PANDASTACK_OIDC_AUDIENCE: AUDIENCE }));
    other.answer(({ path }) => (path === '/jwks' ? { status: 500 } : undefined));
    const { status, body } = await callAs(await other.sign(claims()))('GET', '/v1/me');
    await other.close();
    expect([status, body.code]).toEqual([503, 'auth_provider_unavailable']);
  });
});

describe('credentials of the other modes', () => {
  test.each([
    ['pds_local_dev_token', 'local_token_refused'],
    ['sb_secret_0123456789', 'api_key_used'],
    ['nonsense', 'invalid_token'],
    [signHs256({ sub: 'x', role: 'authenticated', aud: 'authenticated', exp: 4_000_000_000 }), 'invalid_token'],
  ])('%s is refused', async (credential, code) => {
    const { status, body } = await callAs(credential)('GET', '/v1/me');
    expect([status, body.code]).toEqual([401, code]);
  });

  test('and in supabase mode those of the provider are', async () => {
    const [ours, theirs] = [await person(), await provider.sign({ aud: AUDIENCE, sub: 'ada' })];
    const project = await startTestProject();
    for (const call of [ours.call, callAs(theirs)]) expect((await call('GET', '/v1/me')).status).toBe(401);
    await project.close();
  });
});

describe('POST /auth/token', () => {
  const OURS = { 'sec-fetch-site': 'same-origin' };
  const cookiesOf = async (session: OidcSession) =>
    (await sessionWrites(session, [])).cookies.map(({ name, value }) => ({ name, value }));
  const ask = async (cookies: { name: string; value: string }[], headers: Record<string, string> = OURS) =>
    tokenRoute(pageRequest('/auth/token', { cookies, headers, form: {} }));

  test('hands out a token of our own for an opaque one, to our own pages only', async () => {
    const session = sessionOf('ada');
    const response = await ask(await cookiesOf(session));
    expect(response.headers.get('cache-control')).toContain('no-store');
    const { access_token: token } = await response.json();
    expect((await callAs(token)('GET', '/v1/me')).body.user_id).toBe(session.userId);
    expect((await ask(await cookiesOf(session), { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  test("hands out the provider's where it was issued for this API", async () => {
    const accessToken = await provider.sign({ aud: AUDIENCE, sub: 'ada', email: 'ada@example.com' });
    const response = await ask(await cookiesOf(sessionOf('ada', { accessToken })));
    expect((await response.json()).access_token).toBe(accessToken);
  });

  test('says 401 to the signed out and 503 in an outage, which clears nothing', async () => {
    expect((await ask([])).status).toBe(401);
    provider.answer(({ path }) => (path === '/token' ? { status: 503 } : undefined));
    const response = await ask(await cookiesOf(sessionOf('ada', { expiresAt: 1 })));
    expect(response.status).toBe(503);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});
