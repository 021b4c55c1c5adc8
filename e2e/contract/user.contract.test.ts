import { expect, it } from 'vitest';
import { anonClient, pkceClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { latestLink, latestTokenHash, mailsTo } from './support/inbox';
import { newAddress, newPerson, newSignedInPerson, PASSWORD } from './support/people';
import { call, openLink } from './support/raw-call';
import { SITE_URL } from './support/target';

const HALF_CONFIRMED = 'Confirmation link accepted. Please proceed to confirm link sent to the other email';

describeContract('the signed-in user', (target) => {
  it('can be read with its token only', async () => {
    const { client, session, user } = await newSignedInPerson(target());
    expect((await client.auth.getUser(session.access_token)).data.user?.id).toBe(user.id);
    expect(await call(target(), 'GET /user')).toMatchObject({ status: 401, json: { error_code: 'no_authorization' } });
    const byAnonKey = await call(target(), 'GET /user', { token: target().anonKey });
    expect(byAnonKey).toMatchObject({ status: 403, json: { error_code: 'bad_jwt', msg: 'invalid claim: missing sub claim' } });
  });

  it('merges its metadata; null removes', async () => {
    const { client } = await newSignedInPerson(target());
    await client.auth.updateUser({ data: { full_name: 'Pan Da', theme: 'dark' } });
    const { data, error } = await client.auth.updateUser({ data: { theme: null, language: 'de' } });
    expect(error).toBeNull();
    expect(data.user?.user_metadata).toEqual({ email_verified: true, full_name: 'Pan Da', language: 'de' });
  });

  it('cannot change its own app_metadata', async () => {
    const { session } = await newSignedInPerson(target());
    const answer = await call(target(), 'PUT /user', { token: session.access_token, body: { app_metadata: { admin: true } } });
    expect(answer).toMatchObject({ status: 403, json: { error_code: 'not_admin' } });
  });

  it('is judged by the audience the caller asks for', async () => {
    const { session } = await newSignedInPerson(target());
    const answer = await call(target(), 'GET /user', { token: session.access_token, headers: { 'X-JWT-AUD': 'elsewhere' } });
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'validation_failed' } });
  });
});

describeContract('changing the address', (target) => {
  it('mails both addresses and changes nothing yet', async () => {
    const { client, email } = await newSignedInPerson(target());
    const newEmail = newAddress();
    const { data, error } = await client.auth.updateUser({ email: newEmail });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({ email, new_email: newEmail, email_change_sent_at: expect.any(String) });
    expect(await mailsTo(target(), email)).toHaveLength(1);
    expect(await mailsTo(target(), newEmail)).toHaveLength(1);
  });

  it('needs both links: the first redirects with a message and no session', async () => {
    const { client, email, user } = await newSignedInPerson(target());
    const newEmail = newAddress();
    await client.auth.updateUser({ email: newEmail });
    const first = await openLink(await latestLink(target(), email));
    expect(first).toEqual({ status: 303, page: SITE_URL, query: {}, fragment: { message: HALF_CONFIRMED, sb: '' } });
    const second = await openLink(await latestLink(target(), newEmail));
    expect(second.fragment).toMatchObject({ type: 'email_change' });
    const { data } = await anonClient(target()).auth.getUser(second.fragment.access_token);
    expect(data.user).toMatchObject({ id: user.id, email: newEmail });
    expect(data.user?.new_email).toBeUndefined();
    expect(data.user?.identities?.[0]).toMatchObject({
      email: newEmail,
      identity_data: { email: newEmail, email_verified: true },
    });
  });

  it('puts the message of the first link into the query too under PKCE, and a code into the second', async () => {
    const { email } = await newPerson(target());
    const client = pkceClient(target());
    await client.auth.signInWithPassword({ email, password: PASSWORD });
    const newEmail = newAddress();
    await client.auth.updateUser({ email: newEmail });
    const first = await openLink(await latestLink(target(), newEmail));
    expect(first).toMatchObject({ query: { message: HALF_CONFIRMED }, fragment: { message: HALF_CONFIRMED, sb: '' } });
    const second = await openLink(await latestLink(target(), email));
    const { data } = await client.auth.exchangeCodeForSession(second.query.code ?? '');
    expect(data.user?.email).toBe(newEmail);
  });

  it('can be confirmed by hashes as well', async () => {
    const { client, email } = await newSignedInPerson(target());
    const newEmail = newAddress();
    await client.auth.updateUser({ email: newEmail });
    const hashes = [await latestTokenHash(target(), email), await latestTokenHash(target(), newEmail)];
    const first = await call(target(), 'POST /verify', { body: { type: 'email_change', token_hash: hashes[0] } });
    expect(first).toMatchObject({ status: 200, json: { msg: HALF_CONFIRMED, code: '200' } });
    const { data } = await anonClient(target()).auth.verifyOtp({ type: 'email_change', token_hash: hashes[1] ?? '' });
    expect(data.session?.user.email).toBe(newEmail);
  });

  it('cannot be completed with one link twice', async () => {
    const { client, email, session } = await newSignedInPerson(target());
    await client.auth.updateUser({ email: newAddress() });
    const link = await latestLink(target(), email);
    await openLink(link);
    expect((await openLink(link)).fragment.error_code).toBe('otp_expired');
    expect((await client.auth.getUser(session.access_token)).data.user?.email).toBe(email);
  });

  it('refuses an address that somebody else has, and a malformed one', async () => {
    const taken = await newPerson(target());
    const { client } = await newSignedInPerson(target());
    expect((await client.auth.updateUser({ email: taken.email })).error).toMatchObject({ status: 422, code: 'email_exists' });
    expect((await client.auth.updateUser({ email: 'nobody' })).error).toMatchObject({ status: 400, code: 'validation_failed' });
  });

  it('is not mailed twice within the interval', async () => {
    const { client } = await newSignedInPerson(target());
    await client.auth.updateUser({ email: newAddress() });
    const { error } = await client.auth.updateUser({ email: newAddress() });
    expect(error).toMatchObject({ status: 429, code: 'over_email_send_rate_limit' });
  });

  it('can be mailed again by its new address only once known to be wanted', async () => {
    const { email } = await newPerson(target());
    const answer = await call(target(), 'POST /resend', { body: { type: 'email_change', email } });
    expect(answer).toMatchObject({ status: 200, json: {} });
    expect(await mailsTo(target(), email)).toEqual([]);
  });
});
