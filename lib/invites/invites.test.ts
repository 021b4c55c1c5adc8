import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { orgInvites } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { hashSecret } from '@/lib/auth/api-token';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

async function invited(role: 'member' | 'admin' = 'member') {
  const owner = await newOwner(project);
  const guest = newPerson(project);
  const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: guest.email, role });
  return { owner, guest, invite: body, accept: `/v1/orgs/invites/${body.token}/accept` };
}

const expire = (id: string) =>
  db().update(orgInvites).set({ expiresAt: sql`now() - interval '1 second'` }).where(eq(orgInvites.id, id));

describe('an invite', () => {
  test('V01 carries its link in this answer only, and the table keeps a digest', async () => {
    const { owner, invite } = await invited();
    expect(invite).toMatchObject({
      org_id: owner.org.id,
      role: 'member',
      invited_by: owner.userId,
      invite_url: `http://localhost:3000/invite/${invite.token}`,
      email_sent: false,
      state: 'open',
    });
    expect(Buffer.from(invite.token, 'base64url')).toHaveLength(32);
    const [row] = await db().select().from(orgInvites).where(eq(orgInvites.id, invite.id));
    expect(row?.tokenHash).toBe(hashSecret(invite.token));
    const list = await owner.call('GET', `/v1/orgs/${owner.org.id}/invites`);
    expect(JSON.stringify(list.body)).not.toContain(invite.token);
    expect(list.body.items).toMatchObject([{ id: invite.id, state: 'open' }]);
  });

  test('V02 is built from the configured address whatever the request claims', async () => {
    const owner = await newOwner(project);
    const forged = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    };
    const { body } = await owner.call(
      'POST',
      `/v1/orgs/${owner.org.id}/invites`,
      { email: 'g@example.com', role: 'member' },
      forged,
    );
    expect(body.invite_url).toMatch(/^http:\/\/localhost:3000\/invite\//);
  });

  test('V20 X12 stands once for an address, however it is written and however many ask at once', async () => {
    const owner = await newOwner(project);
    const ask = (email: string) => owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email, role: 'member' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => ask(i % 2 ? 'Twice@Example.com' : 'twice@example.com')),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array(19).fill(409)]);
    expect((await ask('TWICE@example.COM')).body.code).toBe('invite_exists');
  });

  test('that ran out makes room for another', async () => {
    const { owner, guest, invite } = await invited();
    await expire(invite.id);
    const again = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: guest.email, role: 'member' });
    expect(again.status).toBe(201);
    const { body } = await owner.call('GET', `/v1/orgs/${owner.org.id}/invites`);
    expect(body.items.map(({ state }: { state: string }) => state)).toEqual(['open', 'expired']);
  });

  test('is not for who is a member already', async () => {
    const { owner, guest, accept } = await invited();
    await guest.call('POST', accept);
    const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/members`, {
      email: guest.email.toUpperCase(),
      role: 'admin',
    });
    expect(body.code).toBe('already_member');
  });

  test.each([
    '',
    'a',
    'a@b',
    'a b@example.com',
    'a@exa mple.com',
    'a@@example.com',
    `${'a'.repeat(250)}@example.com`,
    'a@example.com\r\nBcc: b@example.com',
    'a@example.com.',
    7,
    null,
  ])('N20 is not for the address %j', async (email) => {
    const owner = await newOwner(project);
    const { status, body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email, role: 'member' });
    expect([status, body.code]).toEqual([400, 'validation_failed']);
  });

  test('never makes an owner', async () => {
    const owner = await newOwner(project);
    const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: 'g@example.com', role: 'owner' });
    expect(body.code).toBe('validation_failed');
  });

  test('V29 is made, listed and withdrawn by managers of its own org alone', async () => {
    const { owner, invite } = await invited();
    const member = newPerson(project);
    await join(owner, member);
    const other = await newOwner(project);
    expect(
      (await member.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: 'g@example.com', role: 'member' })).body.code,
    ).toBe('forbidden');
    expect((await member.call('GET', `/v1/orgs/${owner.org.id}/invites`)).body.code).toBe('forbidden');
    expect((await other.call('DELETE', `/v1/orgs/${owner.org.id}/invites/${invite.id}`)).body.code).toBe('org_not_found');
    expect((await other.call('DELETE', `/v1/orgs/${other.org.id}/invites/${invite.id}`)).body.code).toBe('invite_not_found');
    expect((await owner.call('DELETE', `/v1/orgs/${owner.org.id}/invites/nonsense`)).body.code).toBe('invite_not_found');
    expect((await owner.call('DELETE', `/v1/orgs/${owner.org.id}/invites/${invite.id}`)).status).toBe(204);
  });
});

describe('the preview', () => {
  test('tells whoever holds the link what it is, masks addresses and consumes nothing', async () => {
    const { owner, guest, invite } = await invited('admin');
    for (let i = 0; i < 3; i++) {
      const { body } = await callAs(null)('GET', `/v1/invites/${invite.token}`);
      expect(body).toMatchObject({ role: 'admin', state: 'open', email: `${guest.email[0]}…@example.com` });
      expect(JSON.stringify(body)).not.toContain(guest.email);
      expect(JSON.stringify(body)).not.toContain(owner.email);
    }
  });

  test.each(['x', 'nonsense-of-some-length', '%00', 'a'.repeat(10_000), "' or 1=1 --"])(
    'V14 knows no invite "%s"',
    async (token) => {
      expect((await callAs(null)('GET', `/v1/invites/${encodeURIComponent(token)}`)).status).toBe(404);
    },
  );
});

describe('accepting', () => {
  test('V04 V05 makes the invited person a member with the invited role', async () => {
    const { owner, guest, accept } = await invited('admin');
    expect(await guest.call('POST', accept)).toMatchObject({ status: 200, body: { org_id: owner.org.id, role: 'admin' } });
    const { body } = await guest.call('GET', `/v1/orgs/${owner.org.id}/members`);
    expect(body.map(({ email, role }: { email: string; role: string }) => [email, role])).toEqual([
      [owner.email, 'owner'],
      [guest.email, 'admin'],
    ]);
    expect((await guest.call('POST', accept)).body.code).toBe('invite_used');
  });

  test('V06 V10 V26 needs the invited address, and a wrong account burns nothing', async () => {
    const { guest, accept, invite } = await invited();
    const other = newPerson(project);
    expect((await other.call('POST', accept)).body.code).toBe('email_mismatch');
    const impostor = newPerson(project, { claims: { user_metadata: { email: guest.email, email_verified: true } } });
    expect((await impostor.call('POST', accept)).body.code).toBe('email_mismatch');
    const shouting = newPerson(project, { email: guest.email.toUpperCase() });
    expect((await shouting.call('POST', accept)).status).toBe(200);
    expect((await callAs(null)('GET', `/v1/invites/${invite.token}`)).body.state).toBe('accepted');
  });

  test('goes by the address the account has now, not by the one in the token', async () => {
    const { guest, accept } = await invited();
    const moved = newPerson(project, { claims: { email: guest.email } });
    expect((await moved.call('POST', accept)).body.code).toBe('email_mismatch');
  });

  test('V09 needs a confirmed address, a living session and an auth server that answers', async () => {
    const { guest, accept } = await invited();
    const unconfirmed = newPerson(project, { email: guest.email, confirmed: false });
    expect((await unconfirmed.call('POST', accept)).body.code).toBe('email_not_verified');
    const revoked = newPerson(project, { email: guest.email });
    project.accounts.delete(revoked.token);
    expect((await revoked.call('POST', accept)).body.code).toBe('session_revoked');
    const banned = newPerson(project, { email: guest.email });
    project.accounts.set(banned.token, { status: 403, body: { code: 403, error_code: 'user_banned', msg: 'User is banned' } });
    expect((await banned.call('POST', accept)).body.code).toBe('user_banned');
    const unlucky = newPerson(project, { email: guest.email });
    project.accounts.set(unlucky.token, { status: 500, body: {} });
    const outage = await unlucky.call('POST', accept);
    expect([outage.status, outage.body.code]).toEqual([503, 'auth_provider_unavailable']);
    expect(outage.headers.get('retry-after')).toBeTruthy();
    expect((await guest.call('POST', accept)).status).toBe(200);
  });

  test('V16 never changes the role of somebody who is a member', async () => {
    const { owner, accept } = await invited();
    expect((await owner.call('POST', accept)).body.code).toBe('already_member');
    const { body } = await owner.call('GET', `/v1/orgs/${owner.org.id}`);
    expect(body.role).toBe('owner');
  });

  test('V18 takes nothing from the body', async () => {
    const { guest, accept } = await invited();
    expect((await guest.call('POST', accept, { role: 'owner' })).body.code).toBe('validation_failed');
    expect((await guest.call('POST', accept, {})).status).toBe(200);
  });

  test('V32 X01 of fifty clicks makes one membership', async () => {
    const { owner, guest, accept } = await invited();
    const answers = await Promise.all(Array.from({ length: 50 }, () => guest.call('POST', accept)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'invite_used' || body.code === 'already_member')).toHaveLength(49);
    expect((await owner.call('GET', `/v1/orgs/${owner.org.id}/members`)).body).toHaveLength(2);
  });

  test('X02 of twenty accounts with one address lets one in', async () => {
    const { owner, guest, accept } = await invited();
    const twins = Array.from({ length: 20 }, () => newPerson(project, { email: guest.email }));
    const answers = await Promise.all(twins.map(({ call }) => call('POST', accept)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await owner.call('GET', `/v1/orgs/${owner.org.id}/members`)).body).toHaveLength(2);
  });

  test('V13 V33 ends with the time, the withdrawal, the refusal, or the right of the inviter', async () => {
    const late = await invited();
    await expire(late.invite.id);
    expect((await late.guest.call('POST', late.accept)).body.code).toBe('invite_expired');

    const withdrawn = await invited();
    await withdrawn.owner.call('DELETE', `/v1/orgs/${withdrawn.owner.org.id}/invites/${withdrawn.invite.id}`);
    expect((await withdrawn.guest.call('POST', withdrawn.accept)).body.code).toBe('invite_revoked');

    const declined = await invited();
    expect((await declined.guest.call('POST', declined.accept.replace('/accept', '/decline'))).status).toBe(204);
    expect((await declined.guest.call('POST', declined.accept)).body.code).toBe('invite_declined');

    const { owner } = await invited();
    const admin = newPerson(project);
    await join(owner, admin, 'admin');
    const guest = newPerson(project);
    const invite = (await admin.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: guest.email, role: 'admin' })).body;
    await owner.call('PATCH', `/v1/orgs/${owner.org.id}/members/${admin.userId}`, { role: 'member' });
    expect((await guest.call('POST', `/v1/orgs/invites/${invite.token}/accept`)).body.code).toBe('invite_revoked');
  });

  test('is not for API tokens', async () => {
    const { owner, accept } = await invited();
    const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci' });
    expect((await callAs(body.token)('POST', accept)).body.code).toBe('token_not_allowed');
  });
});

test('a link that an older PandaStack sent still works', async () => {
  const owner = await newOwner(project);
  const guest = newPerson(project);
  const secret = 'inv_0a1b2c3d4e5f';
  const adopted = {
    tokenHash: hashSecret(secret),
    orgId: owner.org.id,
    email: guest.email,
    role: 'member',
    invitedBy: owner.userId,
  };
  await db()
    .insert(orgInvites)
    .values({ ...adopted, expiresAt: sql`now() + interval '1 day'` });
  expect((await guest.call('POST', `/v1/orgs/invites/${secret}/accept`)).body).toEqual({ org_id: owner.org.id, role: 'member' });
});

test('resending gives a new link and kills the old one', async () => {
  const { owner, guest, invite, accept } = await invited();
  const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites/${invite.id}/resend`);
  expect(body.token).not.toBe(invite.token);
  expect((await guest.call('POST', accept)).body.code).toBe('invite_not_found');
  expect((await guest.call('POST', `/v1/orgs/invites/${body.token}/accept`)).status).toBe(200);
  expect((await owner.call('POST', `/v1/orgs/${owner.org.id}/invites/${invite.id}/resend`)).body.code).toBe('invite_not_found');
});

test('a person sees the open invites to their proven address, without secrets', async () => {
  const { guest, invite } = await invited();
  const { body } = await guest.call('GET', '/v1/me/invites');
  expect(body.items).toMatchObject([{ id: invite.id, role: 'member' }]);
  expect(JSON.stringify(body)).not.toContain(invite.token);
  expect((await newPerson(project).call('GET', '/v1/me/invites')).body.items).toEqual([]);
});
