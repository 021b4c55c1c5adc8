import { expect, it } from 'vitest';
import { adminClient, anonClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { latestLink, mailsTo } from './support/inbox';
import { newAddress, newPerson, PASSWORD } from './support/people';
import { call, openLink } from './support/raw-call';
import { ALLOWED_CALLBACK, SITE_URL } from './support/target';

const unconfirmedTypes = ['signup', 'invite'] as const;

describeContract('invitation', (target) => {
  it('creates a user without a password, and its link signs in', async () => {
    const email = newAddress();
    const { data, error } = await adminClient(target()).auth.admin.inviteUserByEmail(email, {
      data: { team: 'red' },
      redirectTo: ALLOWED_CALLBACK,
    });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({ email, user_metadata: { team: 'red' }, invited_at: expect.any(String) });
    const opened = await openLink(await latestLink(target(), email));
    expect(opened).toMatchObject({ page: ALLOWED_CALLBACK, fragment: { type: 'invite', token_type: 'bearer' } });
    const invited = await anonClient(target()).auth.getUser(opened.fragment.access_token);
    expect(invited.data.user).toMatchObject({ id: data.user?.id, email_confirmed_at: expect.any(String) });
  });

  it('lets the invited person set a first password', async () => {
    const email = newAddress();
    await adminClient(target()).auth.admin.inviteUserByEmail(email);
    const { fragment } = await openLink(await latestLink(target(), email));
    const answer = await call(target(), 'PUT /user', { token: fragment.access_token ?? '', body: { password: PASSWORD } });
    expect(answer.status).toBe(200);
    expect((await anonClient(target()).auth.signInWithPassword({ email, password: PASSWORD })).error).toBeNull();
  });

  it('is mailed again to somebody who has not accepted, whose older link then is dead', async () => {
    const email = newAddress();
    const first = await adminClient(target()).auth.admin.inviteUserByEmail(email);
    const older = await latestLink(target(), email);
    const second = await adminClient(target()).auth.admin.inviteUserByEmail(email);
    expect(second.data.user?.id).toBe(first.data.user?.id);
    expect(await mailsTo(target(), email)).toHaveLength(2);
    expect((await openLink(older)).fragment.error_code).toBe('otp_expired');
    expect((await openLink(await latestLink(target(), email))).fragment.type).toBe('invite');
  });

  it('refuses somebody who has an account', async () => {
    const { email } = await newPerson(target());
    const { error } = await adminClient(target()).auth.admin.inviteUserByEmail(email);
    expect(error).toMatchObject({ status: 422, code: 'email_exists' });
    expect(await mailsTo(target(), email)).toEqual([]);
  });

  it('hides what the inviter wrote from whoever signs up with the address', async () => {
    const email = newAddress();
    await adminClient(target()).auth.admin.generateLink({ type: 'invite', email, options: { data: { salary: 1 } } });
    const { error } = await anonClient(target()).auth.signUp({ email, password: PASSWORD });
    expect(error?.code).toBe('over_email_send_rate_limit');
    const answer = await call(target(), 'POST /signup', { body: { email, password: PASSWORD } });
    expect(JSON.stringify(answer.json)).not.toContain('salary');
  });

  it.each([{}, { email: 'nobody' }])('refuses %o', async (body) => {
    const answer = await call(target(), 'POST /invite', { token: target().serviceRoleKey, body });
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'validation_failed' } });
  });
});

describeContract('generated link', (target) => {
  it('carries everything a mail of one’s own needs, and mails nobody', async () => {
    const { email, user } = await newPerson(target());
    const { data, error } = await adminClient(target()).auth.admin.generateLink({
      type: 'magiclink',
      email,
      options: { redirectTo: ALLOWED_CALLBACK },
    });
    expect(error).toBeNull();
    expect(data.user?.id).toBe(user.id);
    expect(data.properties).toMatchObject({ verification_type: 'magiclink', redirect_to: ALLOWED_CALLBACK });
    expect(data.properties?.email_otp).toMatch(/^\d{6}$/);
    const link = new URL(data.properties?.action_link ?? '');
    expect(link.origin + link.pathname).toBe(`${target().url}/auth/v1/verify`);
    expect(link.searchParams.get('token')).toBe(data.properties?.hashed_token);
    expect(await openLink(link.href)).toMatchObject({ status: 303, page: ALLOWED_CALLBACK, fragment: { type: 'magiclink' } });
    expect(await mailsTo(target(), email)).toEqual([]);
  });

  it('for a magic link to somebody unknown silently is a sign-up', async () => {
    const { data } = await adminClient(target()).auth.admin.generateLink({ type: 'magiclink', email: newAddress() });
    expect(data.properties?.verification_type).toBe('signup');
    expect((await openLink(data.properties?.action_link ?? '')).fragment.type).toBe('signup');
  });

  it.each(unconfirmedTypes)('of type %s creates the user, and is refused for one who has an account', async (type) => {
    const email = newAddress();
    const body = { type, email, password: PASSWORD, data: { full_name: 'Made' } };
    const token = target().serviceRoleKey;
    const made = await call(target(), 'POST /admin/generate_link', { token, body });
    expect(made).toMatchObject({
      status: 200,
      json: { email, verification_type: type, redirect_to: SITE_URL, user_metadata: { full_name: 'Made' } },
    });
    expect((await openLink(made.json.action_link)).fragment.type).toBe(type);
    expect(await call(target(), 'POST /admin/generate_link', { token, body })).toMatchObject({
      status: 422,
      json: { error_code: 'email_exists' },
    });
  });

  it('recovers a known user only', async () => {
    const { email } = await newPerson(target());
    const { data } = await adminClient(target()).auth.admin.generateLink({ type: 'recovery', email });
    expect((await openLink(data.properties?.action_link ?? '')).fragment.type).toBe('recovery');
    const unknown = await adminClient(target()).auth.admin.generateLink({ type: 'recovery', email: newAddress() });
    expect(unknown.error).toMatchObject({ status: 404, code: 'user_not_found' });
  });

  it('changes an address with the links of both sides', async () => {
    const { email, user } = await newPerson(target());
    const newEmail = newAddress();
    const { admin } = adminClient(target()).auth;
    const current = await admin.generateLink({ type: 'email_change_current', email, newEmail });
    expect((await openLink(current.data.properties?.action_link ?? '')).fragment).toMatchObject({ message: expect.any(String) });
    const { data } = await admin.getUserById(user.id);
    expect(data.user).toMatchObject({ email, new_email: newEmail });
  });

  it.each([
    ['an unknown type', { type: 'nonsense' }, 400, 'validation_failed'],
    ['a sign-up without a password', { type: 'signup' }, 400, 'validation_failed'],
    ['a sign-up with a weak password', { type: 'signup', password: 'abc' }, 422, 'weak_password'],
  ])('refuses %s', async (_case, body, status, code) => {
    const answer = await call(target(), 'POST /admin/generate_link', {
      token: target().serviceRoleKey,
      body: { email: newAddress(), ...body },
    });
    expect(answer).toMatchObject({ status, json: { error_code: code } });
  });

  it('refuses to change an address to one that is taken or malformed', async () => {
    const [one, other] = [await newPerson(target()), await newPerson(target())];
    for (const [new_email, status, code] of [
      [other.email, 422, 'email_exists'],
      ['nobody', 400, 'validation_failed'],
    ]) {
      const body = { type: 'email_change_new', email: one.email, new_email };
      const answer = await call(target(), 'POST /admin/generate_link', { token: target().serviceRoleKey, body });
      expect(answer).toMatchObject({ status, json: { error_code: code } });
    }
  });
});
