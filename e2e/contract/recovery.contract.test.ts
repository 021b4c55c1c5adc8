import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { anonClient, pkceClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { latestLink, mailsTo } from './support/inbox';
import { newAddress, newPerson, newSignedInPerson, PASSWORD, signIn } from './support/people';
import { call, openLink } from './support/raw-call';
import { refresh } from './support/refresh';
import { ALLOWED_CALLBACK } from './support/target';

const NEW_PASSWORD = 'another horse battery';

describeContract('password recovery', (target) => {
  it('mails a link that signs in, so that a new password can be set', async () => {
    const { email } = await newPerson(target());
    const client = pkceClient(target());
    expect((await client.auth.resetPasswordForEmail(email, { redirectTo: ALLOWED_CALLBACK })).error).toBeNull();
    const opened = await openLink(await latestLink(target(), email));
    expect(opened.page).toBe(ALLOWED_CALLBACK);
    const { data } = await client.auth.exchangeCodeForSession(opened.query.code ?? '');
    expect(decodeJwt(data.session?.access_token ?? '').amr).toMatchObject([{ method: 'recovery' }]);
    expect((await client.auth.updateUser({ password: NEW_PASSWORD })).error).toBeNull();
    expect((await signIn(target(), email, NEW_PASSWORD)).session.user.email).toBe(email);
  });

  it('announces itself in the implicit flow', async () => {
    const { email } = await newPerson(target());
    await anonClient(target()).auth.resetPasswordForEmail(email);
    expect((await openLink(await latestLink(target(), email))).fragment.type).toBe('recovery');
  });

  it('confirms an address that was not', async () => {
    const { email } = await newPerson(target(), false);
    await anonClient(target()).auth.resetPasswordForEmail(email);
    const { fragment } = await openLink(await latestLink(target(), email));
    expect((await anonClient(target()).auth.getUser(fragment.access_token)).data.user?.email_confirmed_at).toEqual(
      expect.any(String),
    );
  });

  it('does not tell an unknown address from a known one', async () => {
    const email = newAddress();
    expect(await call(target(), 'POST /recover', { body: { email } })).toMatchObject({ status: 200, json: {} });
    expect(await mailsTo(target(), email)).toEqual([]);
  });

  it('shares its interval with the magic link', async () => {
    const { email } = await newPerson(target());
    await anonClient(target()).auth.signInWithOtp({ email });
    const { error } = await anonClient(target()).auth.resetPasswordForEmail(email);
    expect(error).toMatchObject({ status: 429, code: 'over_email_send_rate_limit' });
  });

  it.each([[{}], [{ email: 'nobody' }], [{ email: 'a@b.co', code_challenge: 'short', code_challenge_method: 's256' }]])(
    'refuses %o',
    async (body) => {
      expect(await call(target(), 'POST /recover', { body })).toMatchObject({
        status: 400,
        json: { error_code: 'validation_failed' },
      });
    },
  );
});

describeContract('changing the password', (target) => {
  it('ends every other session and keeps this one', async () => {
    const { email, client, session } = await newSignedInPerson(target());
    const other = await signIn(target(), email);
    expect((await client.auth.updateUser({ password: NEW_PASSWORD })).error).toBeNull();
    expect((await call(target(), 'GET /user', { token: session.access_token })).status).toBe(200);
    const ended = await call(target(), 'GET /user', { token: other.session.access_token });
    expect(ended).toMatchObject({ status: 403, json: { error_code: 'session_not_found' } });
    expect(await refresh(target(), other.session.refresh_token)).toMatchObject({
      status: 400,
      json: { error_code: 'refresh_token_not_found' },
    });
  });

  it('voids links that are under way', async () => {
    const { email, client } = await newSignedInPerson(target());
    await anonClient(target()).auth.resetPasswordForEmail(email);
    await client.auth.updateUser({ password: NEW_PASSWORD });
    expect((await openLink(await latestLink(target(), email))).fragment.error_code).toBe('otp_expired');
  });

  it('refuses the same password, a weak one, and one that is too long', async () => {
    const { client } = await newSignedInPerson(target());
    expect((await client.auth.updateUser({ password: PASSWORD })).error).toMatchObject({ status: 422, code: 'same_password' });
    expect((await client.auth.updateUser({ password: 'abc' })).error).toMatchObject({ status: 422, code: 'weak_password' });
    expect((await client.auth.updateUser({ password: 'x'.repeat(73) })).error).toMatchObject({
      status: 400,
      code: 'validation_failed',
    });
  });
});
