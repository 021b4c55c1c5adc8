import { expect, it } from 'vitest';
import { enrol, raise } from './support/authenticator';
import { describeContract } from './support/describe-contract';
import { newSignedInPerson, signIn } from './support/people';
import { call } from './support/raw-call';
import { SITE_URL } from './support/target';

describeContract('enrolling an authenticator', (target) => {
  it('answers with a secret, its otpauth address and a drawing of it', async () => {
    const { client, email } = await newSignedInPerson(target());
    const { data, error } = await client.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'My phone', issuer: 'Panda Stack' });
    expect(error).toBeNull();
    expect(data).toMatchObject({ id: expect.any(String), type: 'totp', friendly_name: 'My phone' });
    expect(data?.totp.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(data?.totp.uri).toBe(
      `otpauth://totp/Panda%20Stack:${email}?algorithm=SHA1&digits=6&issuer=Panda%20Stack&period=30&secret=${data?.totp.secret}`,
    );
    expect(data?.totp.qr_code).toMatch(/^data:image\/svg\+xml;utf-8,<\?xml[^#]*<svg width="\d+"[^#]*<\/svg>\s*$/);
  });

  it('names the site as the issuer when nothing else is said', async () => {
    const { session } = await newSignedInPerson(target());
    const answer = await call(target(), 'POST /factors', { token: session.access_token, body: { factor_type: 'totp' } });
    expect(answer).toMatchObject({ status: 200, json: { type: 'totp', friendly_name: '' } });
    expect(answer.json.totp.uri).toContain(`issuer=${new URL(SITE_URL).host}`);
  });

  it('shows the factor to its owner, unverified and without the secret', async () => {
    const { client, session } = await newSignedInPerson(target());
    const { id } = await enrol(target(), session.access_token, 'Phone');
    const { json } = await call(target(), 'GET /user', { token: session.access_token });
    expect(json.factors).toEqual([
      {
        id,
        friendly_name: 'Phone',
        factor_type: 'totp',
        status: 'unverified',
        phone: '',
        last_challenged_at: null,
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
    ]);
    const { data } = await client.auth.mfa.listFactors();
    expect(data).toMatchObject({ all: [{ id }], totp: [] });
  });

  it('leaves factors out of a user who has none', async () => {
    const { user } = await newSignedInPerson(target());
    expect('factors' in user).toBe(false);
  });

  it('refuses a name that is taken, no name being a name', async () => {
    const { session } = await newSignedInPerson(target());
    for (const name of ['Phone', '']) {
      await enrol(target(), session.access_token, name);
      const body = { factor_type: 'totp', friendly_name: name };
      const answer = await call(target(), 'POST /factors', { token: session.access_token, body });
      expect(answer).toMatchObject({
        status: 422,
        json: {
          error_code: 'mfa_factor_name_conflict',
          msg: `A factor with the friendly name "${name}" for this user already exists`,
        },
      });
    }
  });

  it('refuses the eleventh', async () => {
    const { session } = await newSignedInPerson(target());
    for (let i = 0; i < 10; i++) await enrol(target(), session.access_token, `Phone ${i}`);
    const body = { factor_type: 'totp', friendly_name: 'Phone 10' };
    const answer = await call(target(), 'POST /factors', { token: session.access_token, body });
    expect(answer).toMatchObject({ status: 422, json: { error_code: 'too_many_enrolled_mfa_factors' } });
  });

  it('needs aal2 once another factor is verified', async () => {
    const { session, email } = await newSignedInPerson(target());
    const { session: raised } = await raise(target(), session.access_token);
    const { session: low } = await signIn(target(), email);
    const body = { factor_type: 'totp', friendly_name: 'Tablet' };
    const answer = await call(target(), 'POST /factors', { token: low.access_token, body });
    expect(answer).toMatchObject({ status: 403, json: { error_code: 'insufficient_aal' } });
    expect((await call(target(), 'POST /factors', { token: raised.access_token, body })).status).toBe(200);
  });

  it.each([
    ['phone', 422, 'mfa_phone_enroll_not_enabled'],
    ['webauthn', 422, 'mfa_webauthn_enroll_not_enabled'],
    ['carrier pigeon', 400, 'validation_failed'],
  ])('of the kind %s is refused', async (type, status, code) => {
    const { session } = await newSignedInPerson(target());
    const body = { factor_type: type, phone: '+15005550006' };
    const answer = await call(target(), 'POST /factors', { token: session.access_token, body });
    expect(answer).toMatchObject({ status, json: { error_code: code } });
  });

  it('needs somebody signed in', async () => {
    const answer = await call(target(), 'POST /factors', { body: { factor_type: 'totp' } });
    expect(answer).toMatchObject({ status: 401, json: { error_code: 'no_authorization' } });
  });
});
