import { expect, it } from 'vitest';
import { describeContract } from './support/describe-contract';
import { newAddress } from './support/people';
import { answerProvider, authorizeUrl, openProvider, signInAt } from './support/provider';
import { openLink } from './support/raw-call';
import { ALLOWED_CALLBACK, SITE_URL } from './support/target';

describeContract('coming back from a provider', (target) => {
  it.each([
    ['without a state', '', 'bad_oauth_callback', 'OAuth state parameter missing'],
    ['with a malformed state', '?state=seven', 'bad_oauth_state', 'OAuth state parameter is invalid'],
    ['with an unknown state', `?state=${crypto.randomUUID()}&code=x`, 'bad_oauth_state', 'OAuth state not found or expired'],
  ])('%s tells the site, in the query only', async (_case, query, code, description) => {
    expect(await openLink(`${target().url}/auth/v1/callback${query}`)).toEqual({
      status: 303,
      page: SITE_URL,
      query: { error: 'invalid_request', error_code: code, error_description: description },
      fragment: {},
    });
  });

  it('with a refusal of the provider tells the app, in query and fragment', async () => {
    const url = authorizeUrl(target(), { redirect_to: `${ALLOWED_CALLBACK}` });
    const opened = await signInAt(url, 'deny');
    const told = { error: 'access_denied', error_description: 'The user denied the request' };
    expect(opened).toMatchObject({ status: 302, page: ALLOWED_CALLBACK, query: told });
    expect(opened.query.error_code).toBeUndefined();
    // Its percent signs are escaped twice, so the fragment is compared where it has none.
    expect(opened.fragment).toMatchObject({ error: 'access_denied', sb: '' });
  });

  it('without a code is a bad callback', async () => {
    const state = new URL(await openProvider(authorizeUrl(target()))).searchParams.get('state');
    const { status, query } = await openLink(`${target().url}/auth/v1/callback?state=${state}`);
    expect({ status, query }).toMatchObject({
      status: 302,
      query: { error: 'invalid_request', error_code: 'bad_oauth_callback' },
    });
  });

  it('with a code the provider does not know is a server error', async () => {
    const state = new URL(await openProvider(authorizeUrl(target()))).searchParams.get('state');
    const { status, query } = await openLink(`${target().url}/auth/v1/callback?state=${state}&code=unknown`);
    expect({ status, query }).toMatchObject({
      status: 302,
      query: {
        error: 'server_error',
        error_code: 'unexpected_failure',
        error_description: 'Unable to exchange external code: unkn',
      },
    });
  });

  it('works once', async () => {
    const callback = await answerProvider(await openProvider(authorizeUrl(target())), { email: newAddress() });
    await openLink(callback);
    expect((await openLink(callback)).query).toMatchObject({ error_code: 'bad_oauth_state' });
  });

  it('works once in the PKCE flow as well, where the flow lives on for the exchange', async () => {
    const url = authorizeUrl(target(), { code_challenge: 'p'.repeat(43), code_challenge_method: 'plain' });
    const callback = await answerProvider(await openProvider(url), { email: newAddress() });
    await openLink(callback);
    expect((await openLink(callback)).query).toMatchObject({ error_code: 'flow_state_already_used' });
  });

  it('may arrive as a form', async () => {
    const callback = new URL(await answerProvider(await openProvider(authorizeUrl(target())), { email: newAddress() }));
    const response = await fetch(callback.origin + callback.pathname, {
      method: 'POST',
      body: callback.searchParams,
      redirect: 'manual',
    });
    expect(response.headers.get('location')).toContain('#access_token=');
  });
});
