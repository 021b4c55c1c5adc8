import { expect, it } from 'vitest';
import { adminClient, anonClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { mailsTo } from './support/inbox';
import { newAddress, newPerson, newSignedInPerson, PASSWORD, signIn } from './support/people';
import { call } from './support/raw-call';

const ID = '00000000-0000-4000-8000-000000000000';

const ENDPOINTS = [
  'GET /admin/users',
  'POST /admin/users',
  `GET /admin/users/${ID}`,
  `PUT /admin/users/${ID}`,
  `DELETE /admin/users/${ID}`,
  'POST /admin/generate_link',
  'POST /invite',
];

describeContract('administration', (target) => {
  it.each(ENDPOINTS)('%s is refused to everybody but the service role', async (request) => {
    const { session } = await newSignedInPerson(target());
    const body = request.startsWith('P') ? {} : undefined;
    expect(await call(target(), request, { body })).toMatchObject({ status: 401, json: { error_code: 'no_authorization' } });
    for (const token of [target().anonKey, session.access_token]) {
      expect(await call(target(), request, { body, token })).toMatchObject({ status: 403, json: { error_code: 'not_admin' } });
    }
    const forged = `${target().serviceRoleKey.slice(0, -4)}AAAA`;
    expect(await call(target(), request, { body, token: forged })).toMatchObject({
      status: 403,
      json: { error_code: 'bad_jwt' },
    });
  });

  it('creates a user without mailing anybody', async () => {
    const email = newAddress();
    const { data, error } = await adminClient(target()).auth.admin.createUser({
      email,
      password: PASSWORD,
      user_metadata: { full_name: 'Made' },
      app_metadata: { plan: 'team' },
    });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({ email, role: 'authenticated', user_metadata: { full_name: 'Made' } });
    expect(data.user?.app_metadata).toEqual({ provider: 'email', providers: ['email'], plan: 'team' });
    expect(data.user?.email_confirmed_at).toBeUndefined();
    expect(await mailsTo(target(), email)).toEqual([]);
  });

  it('creates a user with an id and a role of its own, confirmed', async () => {
    const id = crypto.randomUUID();
    const { data } = await adminClient(target()).auth.admin.createUser({
      id,
      email: newAddress(),
      role: 'auditor',
      email_confirm: true,
    });
    expect(data.user).toMatchObject({ id, role: 'auditor', user_metadata: { email_verified: true } });
    expect(data.user?.email_confirmed_at).toEqual(expect.any(String));
  });

  it.each([
    ['a taken address', async () => ({ email: (await newPerson(target())).email }), 422, 'email_exists'],
    ['no address', async () => ({}), 400, 'validation_failed'],
    ['a malformed address', async () => ({ email: 'nobody' }), 400, 'validation_failed'],
    ['the empty id', async () => ({ email: newAddress(), id: '00000000-0000-0000-0000-000000000000' }), 400, 'validation_failed'],
    ['a malformed id', async () => ({ email: newAddress(), id: 'seven' }), 400, 'validation_failed'],
  ])('does not create a user with %s', async (_case, makeBody, status, code) => {
    const answer = await call(target(), 'POST /admin/users', { token: target().serviceRoleKey, body: await makeBody() });
    expect(answer).toMatchObject({ status, json: { error_code: code } });
  });

  it('reads one user', async () => {
    const { user, email } = await newPerson(target());
    const { data } = await adminClient(target()).auth.admin.getUserById(user.id);
    expect(data.user).toMatchObject({ id: user.id, email, identities: [{ provider: 'email' }] });
  });

  it('answers 404 for a user that is not there and for an id that is none', async () => {
    const token = target().serviceRoleKey;
    expect(await call(target(), `GET /admin/users/${ID}`, { token })).toMatchObject({
      status: 404,
      json: { error_code: 'user_not_found' },
    });
    expect(await call(target(), 'GET /admin/users/seven', { token })).toMatchObject({
      status: 404,
      json: { error_code: 'validation_failed' },
    });
  });

  it('lists users newest first, page by page', async () => {
    const [older, newer] = [await newPerson(target()), await newPerson(target())];
    const { data, error } = await adminClient(target()).auth.admin.listUsers({ page: 1, perPage: 1000 });
    expect(error).toBeNull();
    const ids = data.users.map((user) => user.id);
    expect(ids.indexOf(newer.user.id)).toBeLessThan(ids.indexOf(older.user.id));
    expect(data).toMatchObject({ aud: 'authenticated', total: expect.any(Number) });
    const answer = await call(target(), 'GET /admin/users?page=1&per_page=1', { token: target().serviceRoleKey });
    expect(answer.json.users).toHaveLength(1);
    expect(answer.json.users[0].identities).toBeNull();
    expect(answer.headers.get('link')).toMatch(
      /^<\/admin\/users\?page=2&per_page=1>; rel="next", <\/admin\/users\?page=\d+&per_page=1>; rel="last"$/,
    );
    expect(Number(answer.headers.get('x-total-count'))).toBeGreaterThanOrEqual(2);
  });

  it('finds users by a part of their address', async () => {
    const { user, email } = await newPerson(target());
    const answer = await call(target(), `GET /admin/users?filter=${email.split('@')[0]}`, { token: target().serviceRoleKey });
    expect(answer.json.users.map((found: { id: string }) => found.id)).toEqual([user.id]);
  });

  it.each(['page=one', 'per_page=-1', 'sort=email', 'sort=created_at%20up'])('refuses to list with %s', async (query) => {
    const answer = await call(target(), `GET /admin/users?${query}`, { token: target().serviceRoleKey });
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'validation_failed' } });
  });

  it('changes metadata, address and password of a user', async () => {
    const { user, email } = await newPerson(target());
    const newEmail = newAddress();
    const { data, error } = await adminClient(target()).auth.admin.updateUserById(user.id, {
      email: newEmail,
      email_confirm: true,
      password: 'set by an administrator',
      app_metadata: { plan: 'team' },
      user_metadata: { full_name: 'Changed' },
    });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({ email: newEmail, app_metadata: { plan: 'team' }, user_metadata: { full_name: 'Changed' } });
    expect((await anonClient(target()).auth.signInWithPassword({ email, password: PASSWORD })).error?.code).toBe(
      'invalid_credentials',
    );
    expect((await signIn(target(), newEmail, 'set by an administrator')).session.user.id).toBe(user.id);
  });

  it('ends every session of a user whose password it sets', async () => {
    const { user, session } = await newSignedInPerson(target());
    await adminClient(target()).auth.admin.updateUserById(user.id, { password: 'set by an administrator' });
    const answer = await call(target(), 'GET /user', { token: session.access_token });
    expect(answer).toMatchObject({ status: 403, json: { error_code: 'session_not_found' } });
  });

  it('refuses a weak password', async () => {
    const { user } = await newPerson(target());
    const { error } = await adminClient(target()).auth.admin.updateUserById(user.id, { password: 'abc' });
    expect(error).toMatchObject({ status: 422, code: 'weak_password' });
  });

  it('deletes a user; the address may register again as somebody else', async () => {
    const { user, email, session } = await newSignedInPerson(target());
    expect((await adminClient(target()).auth.admin.deleteUser(user.id)).error).toBeNull();
    const answer = await call(target(), 'GET /user', { token: session.access_token });
    expect(answer).toMatchObject({ status: 403, json: { error_code: 'user_not_found' } });
    const { data } = await anonClient(target()).auth.signUp({ email, password: PASSWORD });
    expect(data.user?.id).not.toBe(user.id);
    expect(data.user?.identities).toHaveLength(1);
  });
});
