import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { describeContract } from './support/describe-contract';
import { newSignedInPerson, signIn } from './support/people';
import { call } from './support/raw-call';
import { refresh } from './support/refresh';

describeContract('refresh', (target) => {
  it('rotates the token and keeps session and authentication method', async () => {
    const { client, session } = await newSignedInPerson(target());
    const { data, error } = await client.auth.refreshSession(session);
    expect(error).toBeNull();
    expect(data.session?.refresh_token).not.toBe(session.refresh_token);
    const [before, after] = [decodeJwt(session.access_token), decodeJwt(data.session?.access_token ?? '')];
    expect(after).toMatchObject({ session_id: before.session_id, amr: before.amr, sub: before.sub });
  });

  it('brings changes of the user into the token', async () => {
    const { client, session } = await newSignedInPerson(target());
    await client.auth.updateUser({ data: { full_name: 'Pan Da' } });
    const { json } = await refresh(target(), session.refresh_token);
    expect(decodeJwt(json.access_token).user_metadata).toMatchObject({ full_name: 'Pan Da' });
  });

  it('gives the same next token to whoever repeats the last refresh', async () => {
    const { session } = await newSignedInPerson(target());
    const first = await refresh(target(), session.refresh_token);
    const again = await refresh(target(), session.refresh_token);
    expect(again).toMatchObject({ status: 200, json: { refresh_token: first.json.refresh_token } });
  });

  it('serves parallel refreshes with one token alike', async () => {
    const { session } = await newSignedInPerson(target());
    const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(target(), session.refresh_token)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(answers.map((answer) => answer.json.refresh_token)).size).toBe(1);
  });

  it('forgives an older token within the reuse interval', async () => {
    const { session } = await newSignedInPerson(target());
    const first = await refresh(target(), session.refresh_token);
    await refresh(target(), first.json.refresh_token);
    expect((await refresh(target(), session.refresh_token)).status).toBe(200);
  });

  it('answers an unknown token and a malformed one with 400', async () => {
    expect(await refresh(target(), 'abcdefghijkl')).toMatchObject({
      status: 400,
      json: { error_code: 'refresh_token_not_found' },
    });
    for (const malformed of ['', 'short', 'ABCDEFGHIJKL', 'much-too-long-to-be-one']) {
      expect(await refresh(target(), malformed)).toMatchObject({ status: 400, json: { error_code: 'validation_failed' } });
    }
  });

  it('refuses the token of an ended session', async () => {
    const { client, session } = await newSignedInPerson(target());
    await client.auth.signOut();
    expect(await refresh(target(), session.refresh_token)).toMatchObject({
      status: 400,
      json: { error_code: 'refresh_token_not_found' },
    });
  });
});

describeContract(
  'refresh without a reuse interval',
  (target) => {
    it('still gives the same next token to whoever repeats the last refresh', async () => {
      const { session } = await newSignedInPerson(target());
      const first = await refresh(target(), session.refresh_token);
      expect((await refresh(target(), session.refresh_token)).json.refresh_token).toBe(first.json.refresh_token);
    });

    it('ends the whole family when an older token comes back, and no other session', async () => {
      const { email, session } = await newSignedInPerson(target());
      const other = await signIn(target(), email);
      const first = await refresh(target(), session.refresh_token);
      const second = await refresh(target(), first.json.refresh_token);
      expect(await refresh(target(), session.refresh_token)).toMatchObject({
        status: 400,
        json: { error_code: 'refresh_token_already_used', msg: 'Invalid Refresh Token: Already Used' },
      });
      expect(await refresh(target(), second.json.refresh_token)).toMatchObject({
        status: 400,
        json: { error_code: 'refresh_token_already_used' },
      });
      expect((await refresh(target(), other.session.refresh_token)).status).toBe(200);
      // The access token lives on until it expires: only the family of refresh tokens is dead.
      expect((await call(target(), 'GET /user', { token: second.json.access_token })).status).toBe(200);
    });
  },
  'no-reuse',
);
