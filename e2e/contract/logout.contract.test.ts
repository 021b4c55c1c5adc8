import { expect, it } from 'vitest';
import { describeContract } from './support/describe-contract';
import { newSignedInPerson, signIn } from './support/people';
import { call } from './support/raw-call';
import { refresh } from './support/refresh';
import type { Target } from './support/target';

async function isAlive(target: Target, session: { access_token: string; refresh_token: string }): Promise<boolean> {
  const user = await call(target, 'GET /user', { token: session.access_token });
  const refreshed = await refresh(target, session.refresh_token);
  if (user.status === 200) return refreshed.status === 200;
  expect(user).toMatchObject({ status: 403, json: { error_code: 'session_not_found' } });
  expect(refreshed).toMatchObject({ status: 400, json: { error_code: 'refresh_token_not_found' } });
  return false;
}

describeContract('sign-out', (target) => {
  it.each([
    ['global', false, false],
    ['local', false, true],
    ['others', true, false],
  ] as const)('with scope %s leaves this session alive: %s, others: %s', async (scope, isThisAlive, areOthersAlive) => {
    const person = await newSignedInPerson(target());
    const other = await signIn(target(), person.email);
    expect((await person.client.auth.signOut({ scope })).error).toBeNull();
    expect(await isAlive(target(), person.session)).toBe(isThisAlive);
    expect(await isAlive(target(), other.session)).toBe(areOthersAlive);
  });

  it('is global by default and answers 204', async () => {
    const person = await newSignedInPerson(target());
    const other = await signIn(target(), person.email);
    expect((await call(target(), 'POST /logout', { token: person.session.access_token })).status).toBe(204);
    expect(await isAlive(target(), other.session)).toBe(false);
  });

  it('refuses another scope, a missing token, and a session that is over', async () => {
    const { session } = await newSignedInPerson(target());
    const token = session.access_token;
    expect(await call(target(), 'POST /logout?scope=planet', { token })).toMatchObject({
      status: 400,
      json: { error_code: 'validation_failed' },
    });
    expect(await call(target(), 'POST /logout')).toMatchObject({ status: 401, json: { error_code: 'no_authorization' } });
    await call(target(), 'POST /logout', { token });
    expect(await call(target(), 'POST /logout', { token })).toMatchObject({
      status: 403,
      json: { error_code: 'session_not_found' },
    });
  });
});
