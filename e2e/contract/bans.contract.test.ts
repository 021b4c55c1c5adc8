import { expect, it } from 'vitest';
import { adminClient, anonClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { latestLink, latestTokenHash } from './support/inbox';
import { newAddress, newSignedInPerson, PASSWORD } from './support/people';
import { call, openLink } from './support/raw-call';
import { refresh } from './support/refresh';
import type { Target } from './support/target';

async function newBannedPerson(target: Target, duration = '24h') {
  const person = await newSignedInPerson(target);
  await anonClient(target).auth.resetPasswordForEmail(person.email);
  const { data, error } = await adminClient(target).auth.admin.updateUserById(person.user.id, { ban_duration: duration });
  if (error) throw error;
  return { ...person, banned: data.user };
}

describeContract('a banned person', (target) => {
  it('is shown with the end of the ban', async () => {
    const { banned } = await newBannedPerson(target(), '1h30m');
    const left = Date.parse(String(banned.banned_until)) - Date.now();
    expect(Math.round(left / 60_000)).toBe(90);
  });

  it('cannot sign in, not even told whether the password is right', async () => {
    const { email } = await newBannedPerson(target());
    for (const password of [PASSWORD, 'wrong password']) {
      const { error } = await anonClient(target()).auth.signInWithPassword({ email, password });
      expect(error).toMatchObject({ status: 400, code: 'user_banned', message: 'User is banned' });
    }
  });

  it('cannot refresh', async () => {
    const { session } = await newBannedPerson(target());
    expect(await refresh(target(), session.refresh_token)).toMatchObject({
      status: 400,
      json: { error_code: 'user_banned', msg: 'Invalid Refresh Token: User Banned' },
    });
  });

  it.each(['GET /user', 'PUT /user', 'POST /logout', 'POST /factors', 'GET /reauthenticate'])(
    'is refused at %s with a token from before',
    async (request) => {
      const { session } = await newBannedPerson(target());
      const body = request.startsWith('GET') ? undefined : {};
      const answer = await call(target(), request, { token: session.access_token, body });
      expect(answer).toMatchObject({ status: 403, json: { error_code: 'user_banned', msg: 'User is banned' } });
    },
  );

  it('cannot use a link or a code that was mailed before', async () => {
    const { email } = await newBannedPerson(target());
    const hash = await latestTokenHash(target(), email);
    const { fragment } = await openLink(await latestLink(target(), email));
    expect(fragment).toMatchObject({ error: 'access_denied', error_code: 'user_banned' });
    const answer = await call(target(), 'POST /verify', { body: { type: 'recovery', token_hash: hash } });
    expect(answer).toMatchObject({ status: 403, json: { error_code: 'user_banned' } });
  });

  it('is back when the ban is lifted, with the session from before', async () => {
    const { session, user, email } = await newBannedPerson(target());
    const { data } = await adminClient(target()).auth.admin.updateUserById(user.id, { ban_duration: 'none' });
    expect(data.user?.banned_until).toBeUndefined();
    expect((await anonClient(target()).auth.signInWithPassword({ email, password: PASSWORD })).error).toBeNull();
    expect((await refresh(target(), session.refresh_token)).status).toBe(200);
  });

  it('can be made at once', async () => {
    const email = newAddress();
    const body = { email, password: PASSWORD, email_confirm: true, ban_duration: '10m' };
    const { json } = await call(target(), 'POST /admin/users', { token: target().serviceRoleKey, body });
    expect(json.banned_until).toEqual(expect.any(String));
  });

  it.each(['soon', '5', '1d'])('is not made by the duration %o', async (duration) => {
    const { user } = await newSignedInPerson(target());
    const answer = await call(target(), `PUT /admin/users/${user.id}`, {
      token: target().serviceRoleKey,
      body: { ban_duration: duration },
    });
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'validation_failed' } });
    expect(answer.json.msg).toMatch(/^invalid format for ban duration: time: /);
  });
});
