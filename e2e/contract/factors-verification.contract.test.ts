import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { codeOf, enrol, raise, verify } from './support/authenticator';
import { describeContract } from './support/describe-contract';
import { newSignedInPerson, signIn } from './support/people';
import { call } from './support/raw-call';
import { refresh } from './support/refresh';

const UNKNOWN = '11111111-1111-4111-8111-111111111111';

describeContract('verifying an authenticator', (target) => {
  it('raises the session to aal2 with new tokens, through the client', async () => {
    const { client, session } = await newSignedInPerson(target());
    const { data: factor } = await client.auth.mfa.enroll({ factorType: 'totp' });
    expect((await client.auth.mfa.getAuthenticatorAssuranceLevel()).data?.currentLevel).toBe('aal1');
    const { data, error } = await client.auth.mfa.challengeAndVerify({
      factorId: factor?.id ?? '',
      code: codeOf(factor?.totp.secret ?? ''),
    });
    expect(error).toBeNull();
    const claims = decodeJwt(data?.access_token ?? '');
    const before = decodeJwt(session.access_token);
    expect(claims).toMatchObject({ aal: 'aal2', session_id: before.session_id });
    expect(claims.amr).toEqual(expect.arrayContaining([{ method: 'totp', timestamp: expect.any(Number) }]));
    expect(claims.amr).toHaveLength(2);
    expect(data?.refresh_token).not.toBe(session.refresh_token);
    expect(data?.user.factors).toMatchObject([{ status: 'verified' }]);
    expect((await client.auth.mfa.getAuthenticatorAssuranceLevel()).data).toMatchObject({
      currentLevel: 'aal2',
      nextLevel: 'aal2',
    });
  });

  it('keeps aal2 through a refresh', async () => {
    const { session } = await newSignedInPerson(target());
    const { session: raised } = await raise(target(), session.access_token);
    const { json } = await refresh(target(), raised.refresh_token);
    expect(decodeJwt(json.access_token)).toMatchObject({ aal: 'aal2' });
  });

  it('ends the person’s other sessions, which are lower', async () => {
    const { session, email } = await newSignedInPerson(target());
    const { session: other } = await signIn(target(), email);
    await raise(target(), session.access_token);
    const answer = await call(target(), 'GET /user', { token: other.access_token });
    expect(answer).toMatchObject({ status: 403, json: { error_code: 'session_not_found' } });
    expect((await refresh(target(), other.refresh_token)).json.error_code).toBe('refresh_token_not_found');
  });

  it('leaves another session at aal2 alive', async () => {
    const { session, email } = await newSignedInPerson(target());
    const { id, secret, session: first } = await raise(target(), session.access_token);
    const { session: later } = await signIn(target(), email);
    expect((await verify(target(), later.access_token, { id, secret })).status).toBe(200);
    expect((await call(target(), 'GET /user', { token: first.access_token })).status).toBe(200);
  });

  it('drops the half-made factors beside it', async () => {
    const { session } = await newSignedInPerson(target());
    await enrol(target(), session.access_token, 'Never finished');
    const { session: raised } = await raise(target(), session.access_token);
    const { json } = await call(target(), 'GET /user', { token: raised.access_token });
    expect(json.factors).toMatchObject([{ friendly_name: 'Phone', status: 'verified' }]);
  });

  it('a challenge says when it ends, and is noted on the factor', async () => {
    const { session } = await newSignedInPerson(target());
    const { id } = await enrol(target(), session.access_token);
    const { status, json } = await call(target(), `POST /factors/${id}/challenge`, { token: session.access_token });
    expect({ status, json }).toEqual({
      status: 200,
      json: { id: expect.any(String), type: 'totp', expires_at: expect.any(Number) },
    });
    expect(json.expires_at - Date.now() / 1000).toBeGreaterThan(290);
    const user = await call(target(), 'GET /user', { token: session.access_token });
    expect(user.json.factors[0].last_challenged_at).toEqual(expect.any(String));
  });

  it('accepts the code of the half minute before and after, not of the one after that', async () => {
    const { session } = await newSignedInPerson(target());
    const { id, secret } = await enrol(target(), session.access_token);
    for (const [halfMinutes, status] of [
      [-3, 422],
      [3, 422],
      [-1, 200],
    ] as const) {
      const challenge = await call(target(), `POST /factors/${id}/challenge`, { token: session.access_token });
      const body = { challenge_id: challenge.json.id, code: codeOf(secret, halfMinutes) };
      expect((await call(target(), `POST /factors/${id}/verify`, { token: session.access_token, body })).status).toBe(status);
    }
  });

  it('a wrong code changes nothing and may be tried again on the same challenge', async () => {
    const { session } = await newSignedInPerson(target());
    const { id, secret } = await enrol(target(), session.access_token);
    const challenge = await call(target(), `POST /factors/${id}/challenge`, { token: session.access_token });
    const attempt = (code: string) =>
      call(target(), `POST /factors/${id}/verify`, {
        token: session.access_token,
        body: { challenge_id: challenge.json.id, code },
      });
    const wrong = codeOf(secret) === '000000' ? '000001' : '000000';
    for (const code of [wrong, '12', 'abcdef']) {
      expect(await attempt(code)).toMatchObject({
        status: 422,
        json: { error_code: 'mfa_verification_failed', msg: 'Invalid TOTP code entered' },
      });
    }
    expect(await attempt('')).toMatchObject({ status: 400, json: { error_code: 'validation_failed' } });
    expect((await attempt(codeOf(secret))).status).toBe(200);
    expect(await attempt(codeOf(secret))).toMatchObject({ status: 422, json: { error_code: 'mfa_ip_address_mismatch' } });
  });

  it('needs the challenge to be answered from where it was asked', async () => {
    const { session } = await newSignedInPerson(target());
    const { id, secret } = await enrol(target(), session.access_token);
    const headers = { 'X-Forwarded-For': '203.0.113.7' };
    const challenge = await call(target(), `POST /factors/${id}/challenge`, { token: session.access_token, headers });
    const body = { challenge_id: challenge.json.id, code: codeOf(secret) };
    const answer = await call(target(), `POST /factors/${id}/verify`, { token: session.access_token, body });
    expect(answer).toMatchObject({ status: 422, json: { error_code: 'mfa_ip_address_mismatch' } });
  });

  it('refuses an unknown challenge, another’s factor and an id that is none', async () => {
    const [mine, other] = [await newSignedInPerson(target()), await newSignedInPerson(target())];
    const { id } = await enrol(target(), mine.session.access_token);
    const token = mine.session.access_token;
    const body = { challenge_id: UNKNOWN, code: '123456' };
    expect(await call(target(), `POST /factors/${id}/verify`, { token, body })).toMatchObject({
      status: 422,
      json: { error_code: 'mfa_factor_not_found' },
    });
    const foreign = await call(target(), `POST /factors/${id}/challenge`, { token: other.session.access_token });
    expect(foreign).toMatchObject({ status: 404, json: { error_code: 'mfa_factor_not_found' } });
    const malformed = await call(target(), 'POST /factors/seven/challenge', { token });
    expect(malformed).toMatchObject({ status: 404, json: { error_code: 'validation_failed' } });
  });
});
