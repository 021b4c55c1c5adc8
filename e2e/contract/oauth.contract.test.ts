import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { cookieClient, pkceClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { newAddress } from './support/people';
import { authorizeUrl, signInAt } from './support/provider';
import { call } from './support/raw-call';
import { ALLOWED_CALLBACK, SITE_URL } from './support/target';

describeContract('signing in with a provider', (target) => {
  it('goes to the provider with a state, the callback and nothing a client could override', async () => {
    const url = authorizeUrl(target(), {
      scopes: 'repo',
      state: 'mine',
      redirect_uri: 'https://evil.example',
      prompt: 'consent',
    });
    const response = await fetch(url, { redirect: 'manual' });
    const location = new URL(response.headers.get('location') ?? '');
    expect(response.status).toBe(302);
    expect(Object.fromEntries(location.searchParams)).toEqual({
      client_id: 'stand-in',
      redirect_uri: `${target().url}/auth/v1/callback`,
      response_type: 'code',
      scope: 'user:email repo',
      state: expect.stringMatching(/^[0-9a-f-]{36}$/),
      prompt: 'consent',
    });
  });

  it('comes back with a code, which the same browser exchanges', async () => {
    const client = pkceClient(target());
    const email = newAddress();
    const { data } = await client.auth.signInWithOAuth({
      provider: 'github',
      options: { redirectTo: `${ALLOWED_CALLBACK}`, skipBrowserRedirect: true },
    });
    const opened = await signInAt(data.url ?? '', { email, name: 'Pan Da' });
    expect(opened).toMatchObject({ status: 302, page: ALLOWED_CALLBACK, query: { code: expect.any(String) }, fragment: {} });
    const exchanged = await client.auth.exchangeCodeForSession(opened.query.code ?? '');
    expect(exchanged.error).toBeNull();
    expect(exchanged.data.session?.provider_token).toEqual(expect.any(String));
    expect(decodeJwt(exchanged.data.session?.access_token ?? '')).toMatchObject({
      email,
      aal: 'aal1',
      amr: [{ method: 'oauth' }],
      app_metadata: { provider: 'github', providers: ['github'] },
      user_metadata: { email, email_verified: true, full_name: 'Pan Da', name: 'Pan Da' },
    });
  });

  it('works through the cookies of @supabase/ssr', async () => {
    const jar = new Map<string, string>();
    const { data } = await cookieClient(target(), jar).auth.signInWithOAuth({ provider: 'github' });
    const { query } = await signInAt(data.url ?? '', { email: newAddress() });
    expect((await cookieClient(target(), jar).auth.exchangeCodeForSession(query.code ?? '')).error).toBeNull();
  });

  it('without a challenge comes back with tokens in the fragment', async () => {
    const opened = await signInAt(authorizeUrl(target(), { redirect_to: ALLOWED_CALLBACK }), { email: newAddress() });
    expect(opened).toMatchObject({
      status: 302,
      page: ALLOWED_CALLBACK,
      query: {},
      fragment: {
        access_token: expect.any(String),
        refresh_token: expect.any(String),
        provider_token: expect.any(String),
        expires_in: '3600',
        token_type: 'bearer',
        sb: '',
      },
    });
  });

  it.each(['https://evil.example/', ''])('leads to the site when asked for %o', async (redirectTo) => {
    const opened = await signInAt(authorizeUrl(target(), { redirect_to: redirectTo }), { email: newAddress() });
    expect(opened.page).toBe(SITE_URL);
  });

  it('makes an account with an identity of the provider', async () => {
    const email = newAddress();
    const { fragment } = await signInAt(authorizeUrl(target()), { email, name: 'Pan Da' });
    const { json } = await call(target(), 'GET /user', { token: fragment.access_token ?? '' });
    expect(json).toMatchObject({ email, email_confirmed_at: expect.any(String), role: 'authenticated', is_anonymous: false });
    expect(json.identities).toEqual([
      {
        identity_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        id: expect.stringMatching(/^\d+$/),
        user_id: json.id,
        provider: 'github',
        email,
        identity_data: {
          iss: expect.any(String),
          sub: json.identities[0].id,
          provider_id: json.identities[0].id,
          email,
          email_verified: true,
          phone_verified: false,
          name: 'Pan Da',
          full_name: 'Pan Da',
          preferred_username: email.split('@')[0],
          user_name: email.split('@')[0],
        },
        last_sign_in_at: expect.any(String),
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
    ]);
  });

  it('finds the account again', async () => {
    const email = newAddress();
    const [first, second] = [
      await signInAt(authorizeUrl(target()), { email }),
      await signInAt(authorizeUrl(target()), { email, name: 'Later Name' }),
    ];
    const claims = [first, second].map((opened) => decodeJwt(opened.fragment.access_token ?? ''));
    expect(claims[1]?.sub).toBe(claims[0]?.sub);
    expect(claims[1]?.user_metadata).toMatchObject({ full_name: 'Later Name' });
  });
});

describeContract('starting at a provider is refused', (target) => {
  it.each([
    ['for one nobody knows', { provider: 'nobody' }, 'Unsupported provider: Provider nobody could not be found'],
    ['for one that is off', { provider: 'gitlab' }, 'Unsupported provider: provider is not enabled'],
    ['with half a challenge', { code_challenge: 'p'.repeat(43) }, 'PKCE flow requires code_challenge_method and code_challenge'],
    [
      'with an unknown method',
      { code_challenge: 'p'.repeat(43), code_challenge_method: 'rot13' },
      'Invalid code_challenge_method',
    ],
  ])('%s, as JSON', async (_case, parameters, msg) => {
    const response = await fetch(authorizeUrl(target(), parameters), { redirect: 'manual' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error_code: 'validation_failed', msg });
  });
});
