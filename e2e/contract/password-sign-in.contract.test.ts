import { expect, it } from 'vitest';
import { adminClient, anonClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { newAddress, newPerson, PASSWORD } from './support/people';
import { call } from './support/raw-call';

describeContract('password sign-in', (target) => {
  it('returns a session and its user', async () => {
    const { user, email } = await newPerson(target());
    const { data, error } = await anonClient(target()).auth.signInWithPassword({ email, password: PASSWORD });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({ id: user.id, email });
    expect(data.user?.last_sign_in_at).toEqual(expect.any(String));
    expect(data.session).toMatchObject({
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^[a-z0-9]{12}$/),
    });
    expect(data.session?.expires_at).toBeGreaterThan(Date.now() / 1000 + 3500);
  });

  it('accepts a password that an administrator set too short, and says that it is weak', async () => {
    const email = newAddress();
    await adminClient(target()).auth.admin.createUser({ email, password: 'abc', email_confirm: true });
    const { data, error } = await anonClient(target()).auth.signInWithPassword({ email, password: 'abc' });
    expect(error).toBeNull();
    expect(data.weakPassword).toEqual({ message: 'Password should be at least 6 characters.', reasons: ['length'] });
    const strong = await call(target(), 'POST /token?grant_type=password', {
      body: { email: (await newPerson(target())).email, password: PASSWORD },
    });
    expect(strong.json.weak_password).toBeNull();
  });

  it('ignores the case of the address', async () => {
    const { email } = await newPerson(target());
    expect(
      (await anonClient(target()).auth.signInWithPassword({ email: email.toUpperCase(), password: PASSWORD })).error,
    ).toBeNull();
  });

  it('refuses a wrong password and an unknown address alike', async () => {
    const { email } = await newPerson(target());
    for (const address of [email, newAddress()]) {
      const { error } = await anonClient(target()).auth.signInWithPassword({ email: address, password: 'wrong password' });
      expect(error).toMatchObject({ status: 400, code: 'invalid_credentials', message: 'Invalid login credentials' });
    }
  });

  it('tells only who knows the password that the address is unconfirmed', async () => {
    const { email } = await newPerson(target(), false);
    const right = await anonClient(target()).auth.signInWithPassword({ email, password: PASSWORD });
    expect(right.error).toMatchObject({ status: 400, code: 'email_not_confirmed' });
    const wrong = await anonClient(target()).auth.signInWithPassword({ email, password: 'wrong password' });
    expect(wrong.error).toMatchObject({ code: 'invalid_credentials' });
  });

  it.each([
    ['no address', '?grant_type=password', { password: PASSWORD }, 400, 'validation_failed'],
    [
      'an address and a phone number',
      '?grant_type=password',
      { email: 'a@b.co', phone: '1', password: 'p' },
      400,
      'validation_failed',
    ],
    ['a phone number', '?grant_type=password', { phone: '15555550100', password: PASSWORD }, 422, 'phone_provider_disabled'],
    ['an unknown grant', '?grant_type=device', {}, 400, 'invalid_credentials'],
    ['no grant', '', {}, 400, 'invalid_credentials'],
    ['a body that is not JSON', '?grant_type=password', 'email=a', 400, 'bad_json'],
    ['a field of another type', '?grant_type=password', { email: 7 }, 400, 'bad_json'],
    ['an empty body', '?grant_type=password', '', 400, 'bad_json'],
  ])('refuses %s', async (_case, query, body, status, code) => {
    const answer = await call(target(), `POST /token${query}`, { body });
    expect(answer).toMatchObject({ status, json: { code: status, error_code: code } });
  });
});
