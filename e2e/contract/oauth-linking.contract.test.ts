import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { adminClient, anonClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { latestLink, mailsTo } from './support/inbox';
import { newAddress, newPerson, PASSWORD } from './support/people';
import { authorizeUrl, signInAt } from './support/provider';
import { call, openLink } from './support/raw-call';

describeContract('an address that a provider verified', (target) => {
  it('leads into the account that has it, which gets one more identity', async () => {
    const { email, user } = await newPerson(target());
    const { fragment } = await signInAt(authorizeUrl(target()), { email, name: 'Pan Da' });
    const { json } = await call(target(), 'GET /user', { token: fragment.access_token ?? '' });
    expect(json).toMatchObject({
      id: user.id,
      app_metadata: { provider: 'email', providers: ['email', 'github'] },
      user_metadata: { full_name: 'Pan Da' },
    });
    expect(json.identities.map((identity: { provider: string }) => identity.provider)).toEqual(['email', 'github']);
    expect((await anonClient(target()).auth.signInWithPassword({ email, password: PASSWORD })).error).toBeNull();
  });

  it('takes an account over whose address nobody had confirmed: its password is gone', async () => {
    const { email, user } = await newPerson(target(), false);
    const { fragment } = await signInAt(authorizeUrl(target()), { email });
    const { json } = await call(target(), 'GET /user', { token: fragment.access_token ?? '' });
    expect(json).toMatchObject({ id: user.id, app_metadata: { provider: 'github', providers: ['github'] } });
    expect(json.identities).toMatchObject([{ provider: 'github' }]);
    const { error } = await anonClient(target()).auth.signInWithPassword({ email, password: PASSWORD });
    expect(error?.code).toBe('invalid_credentials');
  });

  it('is taken when somebody signs up with it afterwards', async () => {
    const email = newAddress();
    const { fragment } = await signInAt(authorizeUrl(target()), { email });
    const { data } = await anonClient(target()).auth.signUp({ email, password: PASSWORD });
    expect(data.user?.id).not.toBe(decodeJwt(fragment.access_token ?? '').sub);
    expect(data.user?.identities).toEqual([]);
    expect(await mailsTo(target(), email)).toEqual([]);
  });

  it('of a banned person is refused', async () => {
    const { email, user } = await newPerson(target());
    await adminClient(target()).auth.admin.updateUserById(user.id, { ban_duration: '24h' });
    const { query } = await signInAt(authorizeUrl(target()), { email });
    expect(query).toMatchObject({ error: 'access_denied', error_code: 'user_banned', error_description: 'User is banned' });
  });
});

describeContract('an address that a provider did not verify', (target) => {
  it('signs nobody in: a mail is sent, whose link confirms the account', async () => {
    const email = newAddress();
    const { query } = await signInAt(authorizeUrl(target()), { email, isVerified: false });
    expect(query).toEqual({
      error: 'access_denied',
      error_code: 'provider_email_needs_verification',
      error_description: 'Unverified email with github. A confirmation email has been sent to your github email',
    });
    const { fragment } = await openLink(await latestLink(target(), email));
    const { json } = await call(target(), 'GET /user', { token: fragment.access_token ?? '' });
    expect(json).toMatchObject({ email, identities: [{ provider: 'github', identity_data: { email_verified: true } }] });
    const later = await signInAt(authorizeUrl(target()), { email, isVerified: false });
    expect(decodeJwt(later.fragment.access_token ?? '').sub).toBe(json.id);
  });

  it('is never linked to the account that has it', async () => {
    const { email, user } = await newPerson(target());
    const { query } = await signInAt(authorizeUrl(target()), { email, isVerified: false });
    expect(query).toMatchObject({
      error: 'access_denied',
      error_code: 'provider_email_needs_verification',
      error_description: 'Unverified email with github. Verify the email with github in order to sign in',
    });
    expect(await mailsTo(target(), email)).toEqual([]);
    const { data } = await adminClient(target()).auth.admin.getUserById(user.id);
    expect(data.user?.identities).toHaveLength(1);
  });

  it('can still be signed up with by whoever owns it', async () => {
    const email = newAddress();
    await signInAt(authorizeUrl(target()), { email, isVerified: false });
    const answer = await call(target(), 'POST /signup', { body: { email, password: PASSWORD } });
    expect(answer).toMatchObject({ status: 429, json: { error_code: 'over_email_send_rate_limit' } });
  });
});
