import { expect, it } from 'vitest';
import { adminClient, anonClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { latestLink, latestMail, mailsTo } from './support/inbox';
import { newAddress, newPerson, PASSWORD } from './support/people';
import { call, openLink } from './support/raw-call';
import { ALLOWED_CALLBACK } from './support/target';

describeContract('sign-up', (target) => {
  it('returns an unconfirmed user without a session and mails a confirmation link', async () => {
    const email = newAddress();
    const { data, error } = await anonClient(target()).auth.signUp({
      email,
      password: PASSWORD,
      options: { data: { full_name: 'Pan Da' } },
    });
    expect(error).toBeNull();
    expect(data.session).toBeNull();
    expect(data.user).toMatchObject({ email, aud: 'authenticated', role: 'authenticated', is_anonymous: false, phone: '' });
    expect(data.user?.email_confirmed_at).toBeUndefined();
    expect(data.user?.confirmation_sent_at).toEqual(expect.any(String));
    expect(data.user?.app_metadata).toEqual({ provider: 'email', providers: ['email'] });
    expect(data.user?.user_metadata).toEqual({
      full_name: 'Pan Da',
      sub: data.user?.id,
      email,
      email_verified: false,
      phone_verified: false,
    });
    expect(new URL(await latestLink(target(), email)).pathname).toBe('/auth/v1/verify');
  });

  it('gives the user one email identity that repeats its data', async () => {
    const email = newAddress();
    const { data } = await anonClient(target()).auth.signUp({
      email,
      password: PASSWORD,
      options: { data: { full_name: 'Pan Da' } },
    });
    expect(data.user?.identities).toHaveLength(1);
    expect(data.user?.identities?.[0]).toMatchObject({
      id: data.user?.id,
      user_id: data.user?.id,
      provider: 'email',
      email,
      identity_data: { sub: data.user?.id, email, email_verified: false, phone_verified: false, full_name: 'Pan Da' },
    });
    expect(data.user?.identities?.[0]?.identity_id).not.toBe(data.user?.id);
  });

  it('stores the address in lower case', async () => {
    const email = newAddress();
    const { data } = await anonClient(target()).auth.signUp({ email: email.toUpperCase(), password: PASSWORD });
    expect(data.user?.email).toBe(email);
  });

  it('confirms the address and signs in when the link is opened', async () => {
    const email = newAddress();
    const client = anonClient(target());
    await client.auth.signUp({ email, password: PASSWORD, options: { emailRedirectTo: ALLOWED_CALLBACK } });
    const opened = await openLink(await latestLink(target(), email));
    expect(opened).toMatchObject({
      status: 303,
      page: ALLOWED_CALLBACK,
      query: {},
      fragment: { type: 'signup', token_type: 'bearer', sb: '' },
    });
    const { data } = await client.auth.getUser(opened.fragment.access_token);
    expect(data.user).toMatchObject({ email, user_metadata: { email_verified: true } });
    expect(data.user?.email_confirmed_at).toBe(data.user?.confirmed_at);
    expect(data.user?.identities?.[0]?.identity_data).toMatchObject({ email_verified: true });
  });

  it('pretends to register an address that somebody confirmed owns, and mails nobody', async () => {
    const { user, email } = await newPerson(target());
    const { data, error } = await anonClient(target()).auth.signUp({
      email,
      password: PASSWORD,
      options: { data: { name: 'x' } },
    });
    expect(error).toBeNull();
    expect(data.session).toBeNull();
    expect(data.user).toMatchObject({ email, role: '', identities: [], user_metadata: { name: 'x' } });
    expect(data.user?.id).not.toBe(user.id);
    expect(data.user?.last_sign_in_at).toBeUndefined();
    expect(await mailsTo(target(), email)).toEqual([]);
  });

  it('keeps the first password when an unconfirmed address signs up again', async () => {
    const { user, email } = await newPerson(target(), false);
    const { data } = await anonClient(target()).auth.signUp({ email, password: 'another password' });
    expect(data.user?.id).toBe(user.id);
    await openLink(await latestLink(target(), email));
    expect((await anonClient(target()).auth.signInWithPassword({ email, password: 'another password' })).error?.code).toBe(
      'invalid_credentials',
    );
    expect((await anonClient(target()).auth.signInWithPassword({ email, password: PASSWORD })).error).toBeNull();
  });

  it('refuses a second confirmation mail within the interval', async () => {
    const email = newAddress();
    await anonClient(target()).auth.signUp({ email, password: PASSWORD });
    const { error } = await anonClient(target()).auth.signUp({ email, password: PASSWORD });
    expect(error).toMatchObject({ status: 429, code: 'over_email_send_rate_limit' });
    expect(error?.message).toMatch(/^For security purposes, you can only request this after \d+ seconds\.$/);
    expect(await mailsTo(target(), email)).toHaveLength(1);
  });

  it.each([
    ['a short password', { password: 'abc12' }, 422, 'weak_password'],
    ['a missing password', { password: '' }, 400, 'validation_failed'],
    ['a password longer than bcrypt reads', { password: 'x'.repeat(73) }, 400, 'validation_failed'],
    ['a malformed address', { email: 'nobody' }, 400, 'validation_failed'],
    ['an address and a phone number', { phone: '+15555550100' }, 400, 'validation_failed'],
    ['a challenge without a method', { code_challenge: 'c'.repeat(43) }, 400, 'validation_failed'],
    [
      'a challenge that is too short',
      { code_challenge: 'c'.repeat(42), code_challenge_method: 's256' },
      400,
      'validation_failed',
    ],
    [
      'a challenge with other characters',
      { code_challenge: '!'.repeat(43), code_challenge_method: 's256' },
      400,
      'validation_failed',
    ],
  ])('refuses %s', async (_case, change, status, code) => {
    const answer = await call(target(), 'POST /signup', { body: { email: newAddress(), password: PASSWORD, ...change } });
    expect(answer).toMatchObject({ status, json: { code: status, error_code: code } });
  });

  it('refuses to register nobody: anonymous users are off', async () => {
    const { error } = await anonClient(target()).auth.signInAnonymously();
    expect(error).toMatchObject({ status: 422, code: 'anonymous_provider_disabled' });
  });

  it('says why a password is weak', async () => {
    const { error } = await anonClient(target()).auth.signUp({ email: newAddress(), password: 'abc12' });
    expect(error).toMatchObject({ name: 'AuthWeakPasswordError', status: 422, code: 'weak_password', reasons: ['length'] });
  });
});

describeContract('resend', (target) => {
  it('mails the confirmation of an unconfirmed user again', async () => {
    const { email } = await newPerson(target(), false);
    const { error } = await anonClient(target()).auth.resend({ type: 'signup', email });
    expect(error).toBeNull();
    expect((await openLink(await latestLink(target(), email))).fragment).toMatchObject({ type: 'signup' });
  });

  it('answers the same for an unknown and for a confirmed address, and mails neither', async () => {
    const { email } = await newPerson(target());
    for (const address of [email, newAddress()]) {
      const answer = await call(target(), 'POST /resend', { body: { type: 'signup', email: address } });
      expect(answer).toMatchObject({ status: 200, json: {} });
      expect(await mailsTo(target(), address)).toEqual([]);
    }
  });

  it.each([
    ['another type', { type: 'magiclink', email: 'a@example.com' }],
    ['no address', { type: 'signup' }],
    ['half a challenge', { type: 'signup', email: 'a@example.com', code_challenge_method: 's256' }],
  ])('refuses %s', async (_case, body) => {
    expect(await call(target(), 'POST /resend', { body })).toMatchObject({
      status: 400,
      json: { error_code: 'validation_failed' },
    });
  });
});

describeContract(
  'sign-up without confirmation',
  (target) => {
    it('signs in at once', async () => {
      const email = newAddress();
      const { data, error } = await anonClient(target()).auth.signUp({ email, password: PASSWORD });
      expect(error).toBeNull();
      expect(data.session?.user.email_confirmed_at).toEqual(expect.any(String));
      expect(await mailsTo(target(), email)).toEqual([]);
    });

    it('says that an address is taken', async () => {
      const { email } = await newPerson(target());
      const { error } = await anonClient(target()).auth.signUp({ email, password: PASSWORD });
      expect(error).toMatchObject({ status: 422, code: 'user_already_exists' });
    });

    it('still mails a magic link to a new address', async () => {
      const email = newAddress();
      expect((await anonClient(target()).auth.signInWithOtp({ email })).error).toBeNull();
      expect((await latestMail(target(), email)).links[0]).toContain('type=magiclink');
      expect((await adminClient(target()).auth.admin.listUsers({ page: 1, perPage: 1 })).error).toBeNull();
    });
  },
  'autoconfirm',
);
