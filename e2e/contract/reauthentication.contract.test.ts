import { expect, it } from 'vitest';
import { anonClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { latestLink, latestMail, mailsTo } from './support/inbox';
import { newSignedInPerson, PASSWORD } from './support/people';
import { call, openLink } from './support/raw-call';
import type { Target } from './support/target';

const NEW_PASSWORD = 'a new horse battery';

describeContract('reauthentication', (target) => {
  it('mails a code, through the client', async () => {
    const { client, email } = await newSignedInPerson(target());
    const { error } = await client.auth.reauthenticate();
    expect(error).toBeNull();
    const mail = await latestMail(target(), email);
    expect(`${mail.subject} ${mail.text}`).toMatch(/\b\d{6}\b/);
    const { data } = await client.auth.getUser();
    expect(data.user).toMatchObject({ reauthentication_sent_at: expect.any(String) });
  });

  it('answers an empty object, and not twice within a minute', async () => {
    const { session, email } = await newSignedInPerson(target());
    const token = session.access_token;
    expect(await call(target(), 'GET /reauthenticate', { token })).toMatchObject({ status: 200, json: {} });
    expect(await call(target(), 'GET /reauthenticate', { token })).toMatchObject({
      status: 429,
      json: { error_code: 'over_email_send_rate_limit' },
    });
    expect(await mailsTo(target(), email)).toHaveLength(1);
  });

  it('needs somebody signed in', async () => {
    expect(await call(target(), 'GET /reauthenticate')).toMatchObject({ status: 401, json: { error_code: 'no_authorization' } });
  });

  it('is not needed to change the password where nobody asks for it', async () => {
    const { session } = await newSignedInPerson(target());
    const body = { password: NEW_PASSWORD, nonce: 'anything' };
    expect((await call(target(), 'PUT /user', { token: session.access_token, body })).status).toBe(200);
  });
});

async function setPassword(target: Target, token: string, body: object) {
  const { status, json } = await call(target, 'PUT /user', { token, body: { password: NEW_PASSWORD, ...body } });
  return { status, code: json.error_code };
}

describeContract(
  'a guarded change of password',
  (target) => {
    it('needs the current one, and no code within a day of signing in', async () => {
      const { session } = await newSignedInPerson(target());
      const token = session.access_token;
      expect(await setPassword(target(), token, {})).toEqual({ status: 400, code: 'current_password_required' });
      const wrong = await setPassword(target(), token, { current_password: 'wrong horse' });
      expect(wrong).toEqual({ status: 400, code: 'current_password_invalid' });
      expect(await setPassword(target(), token, { current_password: PASSWORD })).toMatchObject({ status: 200 });
    });

    it('does not ask somebody for it who came by a link', async () => {
      const { email } = await newSignedInPerson(target());
      await anonClient(target()).auth.resetPasswordForEmail(email);
      const { fragment } = await openLink(await latestLink(target(), email));
      expect(await setPassword(target(), fragment.access_token ?? '', {})).toMatchObject({ status: 200 });
    });

    it('still refuses the same password', async () => {
      const { session } = await newSignedInPerson(target());
      const body = { password: PASSWORD, current_password: PASSWORD };
      expect(await setPassword(target(), session.access_token, body)).toEqual({ status: 422, code: 'same_password' });
    });
  },
  'guarded',
);
