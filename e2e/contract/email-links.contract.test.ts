import { expect, it } from 'vitest';
import { adminClient, anonClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { latestLink, latestTokenHash, mailsTo } from './support/inbox';
import { newAddress, newPerson } from './support/people';
import { call, openLink } from './support/raw-call';
import { ALLOWED_CALLBACK, SITE_URL, type Target } from './support/target';

async function magicLinkFor(target: Target, email: string) {
  const { data, error } = await adminClient(target).auth.admin.generateLink({ type: 'magiclink', email });
  if (error) throw error;
  return data.properties;
}

describeContract('magic link', (target) => {
  it('signs in with tokens in the fragment, where servers do not see them', async () => {
    const { email, user } = await newPerson(target());
    const { error } = await anonClient(target()).auth.signInWithOtp({ email, options: { emailRedirectTo: ALLOWED_CALLBACK } });
    expect(error).toBeNull();
    const opened = await openLink(await latestLink(target(), email));
    expect(opened).toMatchObject({ status: 303, page: ALLOWED_CALLBACK, query: {} });
    expect(Object.keys(opened.fragment).sort()).toEqual(
      ['access_token', 'expires_at', 'expires_in', 'refresh_token', 'sb', 'token_type', 'type'].sort(),
    );
    expect(opened.fragment.type).toBe('magiclink');
    const { data } = await anonClient(target()).auth.getUser(opened.fragment.access_token);
    expect(data.user?.id).toBe(user.id);
  });

  it('works once: the second visit gets an error in the fragment', async () => {
    const { email } = await newPerson(target());
    await anonClient(target()).auth.signInWithOtp({ email });
    const link = await latestLink(target(), email);
    await openLink(link);
    expect(await openLink(link)).toEqual({
      status: 303,
      page: SITE_URL,
      query: {},
      fragment: {
        error: 'access_denied',
        error_code: 'otp_expired',
        error_description: 'Email link is invalid or has expired',
        sb: '',
      },
    });
  });

  it('is not used up by a scanner that asks with HEAD', async () => {
    const { email } = await newPerson(target());
    const { action_link } = await magicLinkFor(target(), email);
    expect((await fetch(action_link, { method: 'HEAD', redirect: 'manual' })).status).toBe(405);
    expect((await openLink(action_link)).fragment.type).toBe('magiclink');
  });

  it('registers a new address, whose link then is a confirmation', async () => {
    const email = newAddress();
    const { error } = await anonClient(target()).auth.signInWithOtp({ email, options: { data: { full_name: 'New' } } });
    expect(error).toBeNull();
    const { fragment } = await openLink(await latestLink(target(), email));
    expect(fragment.type).toBe('signup');
    const { data } = await anonClient(target()).auth.getUser(fragment.access_token);
    expect(data.user?.user_metadata).toMatchObject({ full_name: 'New', email_verified: true });
  });

  it('does not register when the caller says so', async () => {
    const email = newAddress();
    const { error } = await anonClient(target()).auth.signInWithOtp({ email, options: { shouldCreateUser: false } });
    expect(error).toMatchObject({ status: 422, code: 'otp_disabled' });
    expect(await mailsTo(target(), email)).toEqual([]);
  });

  it('is not mailed twice within the interval', async () => {
    const { email } = await newPerson(target());
    await anonClient(target()).auth.signInWithOtp({ email });
    const { error } = await anonClient(target()).auth.signInWithOtp({ email });
    expect(error).toMatchObject({ status: 429, code: 'over_email_send_rate_limit' });
  });

  it('is also mailed by the older endpoint', async () => {
    const { email } = await newPerson(target());
    expect(await call(target(), 'POST /magiclink', { body: { email } })).toMatchObject({ status: 200, json: {} });
    expect(await latestLink(target(), email)).toContain('type=magiclink');
  });

  it.each([
    ['/otp', {}, 400, 'validation_failed'],
    ['/otp', { email: 'a@example.com', phone: '1' }, 400, 'validation_failed'],
    ['/otp', { email: 'a@example.com', channel: 'sms' }, 400, 'validation_failed'],
    ['/otp', { phone: '15555550100' }, 400, 'phone_provider_disabled'],
    ['/otp', { email: 'nobody' }, 400, 'validation_failed'],
    ['/magiclink', {}, 422, 'validation_failed'],
  ])('%s refuses %o', async (path, body, status, code) => {
    expect(await call(target(), `POST ${path}`, { body })).toMatchObject({ status, json: { error_code: code } });
  });
});

describeContract('verifying by code or hash', (target) => {
  it.each(['magiclink', 'email'] as const)('signs in with the six digits as type %s', async (type) => {
    const { email, user } = await newPerson(target());
    const { email_otp } = await magicLinkFor(target(), email);
    expect(email_otp).toMatch(/^\d{6}$/);
    const { data, error } = await anonClient(target()).auth.verifyOtp({ email, token: email_otp, type });
    expect(error).toBeNull();
    expect(data.session?.user.id).toBe(user.id);
  });

  it('signs in with the hash a mail template can carry', async () => {
    const { email, user } = await newPerson(target());
    await anonClient(target()).auth.signInWithOtp({ email });
    const token_hash = await latestTokenHash(target(), email);
    const { data, error } = await anonClient(target()).auth.verifyOtp({ token_hash, type: 'email' });
    expect(error).toBeNull();
    expect(data.user?.id).toBe(user.id);
  });

  it('accepts a confirmation by hash as type email, and confirms', async () => {
    const email = newAddress();
    await anonClient(target()).auth.signUp({ email, password: 'long enough' });
    const { data } = await anonClient(target()).auth.verifyOtp({
      token_hash: await latestTokenHash(target(), email),
      type: 'email',
    });
    expect(data.user?.email_confirmed_at).toEqual(expect.any(String));
  });

  it('accepts each code and each hash once', async () => {
    const { email } = await newPerson(target());
    const { email_otp, hashed_token } = await magicLinkFor(target(), email);
    await anonClient(target()).auth.verifyOtp({ email, token: email_otp, type: 'email' });
    const again = await anonClient(target()).auth.verifyOtp({ email, token: email_otp, type: 'email' });
    expect(again.error).toMatchObject({ status: 403, code: 'otp_expired', message: 'Token has expired or is invalid' });
    const byHash = await anonClient(target()).auth.verifyOtp({ token_hash: hashed_token, type: 'email' });
    expect(byHash.error).toMatchObject({ status: 403, code: 'otp_expired', message: 'Email link is invalid or has expired' });
  });

  it('accepts only the newest of two links', async () => {
    const { email } = await newPerson(target());
    const older = await magicLinkFor(target(), email);
    const newer = await magicLinkFor(target(), email);
    const first = await anonClient(target()).auth.verifyOtp({ token_hash: older.hashed_token, type: 'magiclink' });
    expect(first.error?.code).toBe('otp_expired');
    expect((await anonClient(target()).auth.verifyOtp({ token_hash: newer.hashed_token, type: 'magiclink' })).error).toBeNull();
  });

  it('refuses a code of another address and a token of another type', async () => {
    const [one, other] = [await newPerson(target()), await newPerson(target())];
    const { email_otp, hashed_token } = await magicLinkFor(target(), one.email);
    const stolen = await anonClient(target()).auth.verifyOtp({ email: other.email, token: email_otp, type: 'email' });
    expect(stolen.error?.code).toBe('otp_expired');
    const mistyped = await anonClient(target()).auth.verifyOtp({ token_hash: hashed_token, type: 'signup' });
    expect(mistyped.error?.code).toBe('otp_expired');
  });

  it.each([
    ['no type', { token_hash: 'x' }, 400, 'validation_failed'],
    ['no token', { type: 'email' }, 400, 'validation_failed'],
    ['a token and a hash', { type: 'email', token: '1', token_hash: 'x', email: 'a@b.co' }, 400, 'validation_failed'],
    ['a hash with an address', { type: 'email', token_hash: 'x', email: 'a@b.co' }, 400, 'validation_failed'],
    ['a hash with a redirect', { type: 'email', token_hash: 'x', redirect_to: SITE_URL }, 400, 'validation_failed'],
    ['a code without an address', { type: 'email', token: '123456' }, 400, 'validation_failed'],
    ['a code with a malformed address', { type: 'email', token: '123456', email: 'nobody' }, 422, 'validation_failed'],
    ['a hash of an unknown type', { type: 'nonsense', token_hash: 'x' }, 400, 'validation_failed'],
    ['a code sent to a phone', { type: 'sms', token: '123456', phone: '15555550100' }, 403, 'otp_expired'],
    ['a code of an unknown type', { type: 'nonsense', token: '1', email: 'a@b.co' }, 403, 'otp_expired'],
  ])('refuses %s', async (_case, body, status, code) => {
    expect(await call(target(), 'POST /verify', { body })).toMatchObject({ status, json: { error_code: code } });
  });

  it.each(['?type=signup', '?token=abc', ''])('answers a link that is none of ours, /verify%s, with JSON', async (query) => {
    expect(await call(target(), `GET /verify${query}`)).toMatchObject({ status: 400, json: { error_code: 'validation_failed' } });
  });

  it('redirects a link of an unknown type with its error', async () => {
    const opened = await openLink(`${target().url}/auth/v1/verify?token=abc&type=nonsense`);
    expect(opened).toMatchObject({
      status: 303,
      page: SITE_URL,
      fragment: { error: 'invalid_request', error_code: 'validation_failed' },
    });
  });
});
