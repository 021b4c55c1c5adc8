import { decodeJwt } from 'jose';
import { expect, it, type TestContext } from 'vitest';
import { anonClient, pkceClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { passIdentityProvider } from './support/identity-provider';
import { newAddress, newPerson, PASSWORD } from './support/people';
import { call } from './support/raw-call';
import { ALLOWED_CALLBACK, SITE_URL, SSO_DOMAIN, SSO_PROVIDER_ID, type Target } from './support/target';

const UNKNOWN = '11111111-1111-4111-8111-111111111111';

async function signIn(target: Target, email: string, body: object = {}) {
  const { json } = await call(target, 'POST /sso', { body: { domain: SSO_DOMAIN, skip_http_redirect: true, ...body } });
  return passIdentityProvider(json.url, { email, name: 'Pan Da' });
}

describeContract('single sign-on where it is off', (target) => {
  it('is not found', async () => {
    for (const request of ['POST /sso', 'POST /sso/saml/acs']) {
      const answer = await call(target(), request, { body: { domain: SSO_DOMAIN } });
      expect(answer).toMatchObject({ status: 404, json: { error_code: 'saml_provider_disabled' } });
    }
  });
});

describeContract(
  'single sign-on',
  (target) => {
    it('is told in the settings', async () => {
      expect((await call(target(), 'GET /settings')).json.saml_enabled).toBe(true);
    });

    it.each([
      [{}, 400, 'validation_failed', 'A provider_id or domain needs to be provided'],
      [{ domain: 'x.example', provider_id: UNKNOWN }, 400, 'validation_failed', 'Only one of provider_id or domain supported'],
      [{ domain: 'nobody.example' }, 404, 'sso_provider_not_found', 'No SSO provider assigned for this domain'],
      [{ provider_id: UNKNOWN }, 404, 'sso_provider_not_found', 'No such SSO provider'],
    ])('refuses %o', async (body, status, code, msg) => {
      expect(await call(target(), 'POST /sso', { body })).toMatchObject({ status, json: { error_code: code, msg } });
    });

    it.each([
      ['without a state', {}, 'invalid_request', 'validation_failed', 'SAMLResponse is missing'],
      [
        'with a state that is none',
        { RelayState: 'seven' },
        'invalid_request',
        'validation_failed',
        'SAML RelayState is not a valid UUID or URL',
      ],
      [
        'with an unknown state',
        { RelayState: UNKNOWN },
        'server_error',
        'saml_relay_state_not_found',
        'SAML RelayState does not exist, try logging in again?',
      ],
    ])('answered %s tells the site, in the query only', async (_case, form, error, error_code, error_description) => {
      const response = await fetch(`${target().url}/auth/v1/sso/saml/acs`, {
        method: 'POST',
        body: new URLSearchParams(form),
        redirect: 'manual',
      });
      expect(response.status).toBe(303);
      const location = new URL(response.headers.get('location') ?? '');
      expect(location.origin).toBe(SITE_URL);
      expect(Object.fromEntries(location.searchParams)).toEqual({ error, error_code, error_description });
      expect(location.hash).toBe('');
    });
  },
  'guarded',
);

describeContract(
  'an organization’s identity provider',
  (target) => {
    const needed = ({ skip }: TestContext) => skip(!target().hasSso, 'the judged server has no identity provider to drive');

    it('is where the client is sent, and signs in with a code', async (context) => {
      needed(context);
      const client = pkceClient(target());
      const email = newAddress();
      const options = { redirectTo: ALLOWED_CALLBACK, skipBrowserRedirect: true };
      const { data, error } = await client.auth.signInWithSSO({ domain: SSO_DOMAIN, options });
      expect(error).toBeNull();
      const opened = await passIdentityProvider(data?.url ?? '', { email });
      expect(opened).toMatchObject({ status: 302, page: ALLOWED_CALLBACK, query: { code: expect.any(String) }, fragment: {} });
      const { data: exchanged } = await client.auth.exchangeCodeForSession(opened.query.code ?? '');
      expect(decodeJwt(exchanged.session?.access_token ?? '')).toMatchObject({
        email,
        app_metadata: { provider: `sso:${SSO_PROVIDER_ID}`, providers: [`sso:${SSO_PROVIDER_ID}`] },
        amr: [{ method: 'sso/saml', timestamp: expect.any(Number), provider: SSO_PROVIDER_ID }],
        user_metadata: { email, email_verified: true, phone_verified: false, sub: email, custom_claims: {} },
        is_anonymous: false,
      });
    });

    it('signs in with tokens when there is no challenge, at the site when the target is not allowed', async (context) => {
      needed(context);
      const { status, page, fragment } = await signIn(target(), newAddress(), { redirect_to: 'https://evil.example' });
      expect({ status, page, fragment }).toMatchObject({
        status: 302,
        page: SITE_URL,
        fragment: { access_token: expect.any(String) },
      });
    });

    it('redirects a client that does not ask for the address', async (context) => {
      needed(context);
      const answer = await fetch(`${target().url}/auth/v1/sso`, {
        method: 'POST',
        redirect: 'manual',
        headers: { apikey: target().anonKey },
        body: JSON.stringify({ provider_id: SSO_PROVIDER_ID }),
      });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toMatch(/[?&]SAMLRequest=.+&RelayState=[0-9a-f-]{36}/);
    });

    it('never opens an account of the same address, and its own is found again', async (context) => {
      needed(context);
      const { email, user } = await newPerson(target());
      const first = decodeJwt((await signIn(target(), email)).fragment.access_token ?? '');
      const second = decodeJwt((await signIn(target(), email)).fragment.access_token ?? '');
      expect(first.sub).not.toBe(user.id);
      expect(second.sub).toBe(first.sub);
      expect((await anonClient(target()).auth.signInWithPassword({ email, password: PASSWORD })).data.user?.id).toBe(user.id);
    });

    it('manages its accounts: neither address nor password change here', async (context) => {
      needed(context);
      const { fragment } = await signIn(target(), newAddress());
      for (const body of [{ email: newAddress() }, { password: PASSWORD }, { nonce: '123456' }]) {
        const answer = await call(target(), 'PUT /user', { token: fragment.access_token ?? '', body });
        expect(answer).toMatchObject({ status: 422, json: { error_code: 'user_sso_managed' } });
      }
    });
  },
  'guarded',
);
