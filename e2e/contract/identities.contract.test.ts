import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { anonClient, pkceClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { newAddress, newSignedInPerson, PASSWORD } from './support/people';
import { passProvider } from './support/provider';
import { call } from './support/raw-call';
import type { Target } from './support/target';

/** Adds a GitHub identity to the person whose token this is. */
async function link(target: Target, token: string, email: string, isVerified = true) {
  const { json } = await call(target, 'GET /user/identities/authorize?provider=github&skip_http_redirect=true', { token });
  return passProvider(json.url, { email, isVerified });
}

async function identitiesOf(target: Target, token: string) {
  const { json } = await call(target, 'GET /user', { token });
  return json.identities as { identity_id: string; provider: string }[];
}

describeContract('adding a provider', (target) => {
  it('works through the client, whatever address the provider has', async () => {
    const client = pkceClient(target());
    const { email, user } = await newSignedInPerson(target());
    await client.auth.signInWithPassword({ email, password: PASSWORD });
    const { data, error } = await client.auth.linkIdentity({ provider: 'github', options: { skipBrowserRedirect: true } });
    expect(error).toBeNull();
    const { query } = await passProvider(data?.url ?? '', { email: newAddress() });
    const exchanged = await client.auth.exchangeCodeForSession(query.code ?? '');
    expect(exchanged.data.user).toMatchObject({
      id: user.id,
      email,
      app_metadata: { provider: 'email', providers: ['email', 'github'] },
    });
    expect((await client.auth.getUserIdentities()).data?.identities).toHaveLength(2);
  });

  it('redirects a browser that comes itself', async () => {
    const { session } = await newSignedInPerson(target());
    const response = await fetch(`${target().url}/auth/v1/user/identities/authorize?provider=github`, {
      redirect: 'manual',
      headers: { apikey: target().anonKey, authorization: `Bearer ${session.access_token}` },
    });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toContain('/login/oauth/authorize?');
  });

  it('is refused when it is somebody’s already', async () => {
    const [mine, other] = [await newSignedInPerson(target()), await newSignedInPerson(target())];
    const email = newAddress();
    await link(target(), mine.session.access_token, email);
    const again = await link(target(), mine.session.access_token, email);
    expect(again.query).toMatchObject({
      error: 'server_error',
      error_code: 'identity_already_exists',
      error_description: 'Identity is already linked',
    });
    const foreign = await link(target(), other.session.access_token, email);
    expect(foreign.query.error_description).toBe('Identity is already linked to another user');
  });

  it('needs somebody signed in', async () => {
    const answer = await call(target(), 'GET /user/identities/authorize?provider=github');
    expect(answer).toMatchObject({ status: 401, json: { error_code: 'no_authorization' } });
  });
});

describeContract('removing a provider', (target) => {
  it('leaves the others, through the client', async () => {
    const { client, session } = await newSignedInPerson(target());
    await link(target(), session.access_token, newAddress());
    const identities = (await client.auth.getUserIdentities()).data?.identities ?? [];
    const github = identities.find((identity) => identity.provider === 'github');
    if (!github) throw new Error('not linked');
    expect((await client.auth.unlinkIdentity(github)).error).toBeNull();
    const { data } = await client.auth.getUser();
    expect(data.user).toMatchObject({
      app_metadata: { provider: 'email', providers: ['email'] },
      identities: [{ provider: 'email' }],
    });
  });

  it('that gave the account its address moves the account to the next one', async () => {
    const { session, email } = await newSignedInPerson(target());
    const token = session.access_token;
    const next = newAddress();
    await link(target(), token, next);
    const own = (await identitiesOf(target(), token)).find((identity) => identity.provider === 'email');
    expect((await call(target(), `DELETE /user/identities/${own?.identity_id}`, { token })).status).toBe(200);
    const { json } = await call(target(), 'GET /user', { token });
    expect(json).toMatchObject({ email: next, app_metadata: { provider: 'github', providers: ['github'] } });
    expect((await anonClient(target()).auth.signInWithPassword({ email, password: PASSWORD })).error).not.toBeNull();
  });

  it('that gave the address, with none verified left, leaves the account unconfirmed', async () => {
    const { session } = await newSignedInPerson(target());
    const token = session.access_token;
    const next = newAddress();
    await link(target(), token, next, false);
    const own = (await identitiesOf(target(), token)).find((identity) => identity.provider === 'email');
    await call(target(), `DELETE /user/identities/${own?.identity_id}`, { token });
    const { json } = await call(target(), 'GET /user', { token });
    expect(json).toMatchObject({ email: next, user_metadata: { email_verified: false } });
    expect(json.email_confirmed_at).toBeUndefined();
  });

  it('is refused for the last one, for one that is not there and for an id that is none', async () => {
    const { session } = await newSignedInPerson(target());
    const token = session.access_token;
    const [only] = await identitiesOf(target(), token);
    expect(await call(target(), `DELETE /user/identities/${only?.identity_id}`, { token })).toMatchObject({
      status: 422,
      json: { error_code: 'single_identity_not_deletable' },
    });
    await link(target(), token, newAddress());
    expect(await call(target(), `DELETE /user/identities/${crypto.randomUUID()}`, { token })).toMatchObject({
      status: 422,
      json: { error_code: 'identity_not_found' },
    });
    expect(await call(target(), 'DELETE /user/identities/seven', { token })).toMatchObject({
      status: 404,
      json: { error_code: 'validation_failed' },
    });
  });

  it('does not touch another person’s', async () => {
    const [mine, other] = [await newSignedInPerson(target()), await newSignedInPerson(target())];
    await link(target(), mine.session.access_token, newAddress());
    const [foreign] = await identitiesOf(target(), other.session.access_token);
    const answer = await call(target(), `DELETE /user/identities/${foreign?.identity_id}`, { token: mine.session.access_token });
    expect(answer.json.error_code).toBe('identity_not_found');
    expect(decodeJwt(other.session.access_token).sub).toBe(other.user.id);
    expect(await identitiesOf(target(), other.session.access_token)).toHaveLength(1);
  });
});
