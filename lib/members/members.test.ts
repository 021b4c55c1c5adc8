import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { apiTokens, orgInvites, orgMembers, userCurrentOrg } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

async function team() {
  const owner = await newOwner(project);
  const admin = newPerson(project);
  const member = newPerson(project);
  await join(owner, admin, 'admin');
  await join(owner, member);
  const path = (person: Person) => `/v1/orgs/${owner.org.id}/members/${person.userId}`;
  return { owner, admin, member, path };
}

describe('roles', () => {
  test('an owner makes admins and owners, an admin neither', async () => {
    const { owner, admin, member, path } = await team();
    expect((await admin.call('PATCH', path(member), { role: 'admin' })).body.code).toBe('forbidden');
    expect((await admin.call('PATCH', path(admin), { role: 'owner' })).body.code).toBe('forbidden');
    expect((await admin.call('PATCH', path(owner), { role: 'member' })).body.code).toBe('forbidden');
    expect((await member.call('PATCH', path(member), { role: 'admin' })).body.code).toBe('forbidden');
    expect((await owner.call('PATCH', path(member), { role: 'admin' })).body).toMatchObject({
      user_id: member.userId,
      role: 'admin',
    });
    expect((await owner.call('PATCH', path(member), { role: 'owner' })).body.role).toBe('owner');
  });

  test('R05 R06 the last owner stays owner', async () => {
    const { owner, path } = await team();
    expect((await owner.call('PATCH', path(owner), { role: 'member' })).body.code).toBe('last_owner');
    expect((await owner.call('DELETE', path(owner))).body.code).toBe('last_owner');
  });

  test('of two owners who step down at once, one stays', async () => {
    for (let round = 0; round < 20; round++) {
      const { owner, admin, path } = await team();
      await owner.call('PATCH', path(admin), { role: 'owner' });
      const answers = await Promise.all([
        owner.call('PATCH', path(owner), { role: 'member' }),
        admin.call('PATCH', path(admin), { role: 'member' }),
      ]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    }
  });

  test('of two owners who remove each other at once, one succeeds', async () => {
    for (let round = 0; round < 20; round++) {
      const { owner, admin, path } = await team();
      await owner.call('PATCH', path(admin), { role: 'owner' });
      const answers = await Promise.all([owner.call('DELETE', path(admin)), admin.call('DELETE', path(owner))]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404]);
    }
  });

  test('the owner an org names is one of its owners, whoever stepped down, left or was removed', async () => {
    const { owner, admin, member, path } = await team();
    const named = async () => (await admin.call('GET', `/v1/orgs/${owner.org.id}`)).body.owner_user_id;
    for (const person of [admin, member]) await owner.call('PATCH', path(person), { role: 'owner' });
    expect(await named()).toBe(owner.userId);
    await member.call('PATCH', path(owner), { role: 'admin' });
    expect(await named()).toBe(admin.userId);
    await admin.call('PATCH', path(owner), { role: 'owner' });
    expect(await named()).toBe(admin.userId);
    await member.call('DELETE', path(member));
    expect(await named()).toBe(admin.userId);
    await owner.call('DELETE', path(admin));
    expect((await owner.call('GET', `/v1/orgs/${owner.org.id}`)).body.owner_user_id).toBe(owner.userId);
  });

  test('take no other field and no other word', async () => {
    const { owner, member, path } = await team();
    for (const body of [{ role: 'Owner' }, { role: 'root' }, { role: 'admin', org_id: 'x' }, {}, { role: ['admin'] }]) {
      expect((await owner.call('PATCH', path(member), body)).body.code).toBe('validation_failed');
    }
  });
});

describe('removing', () => {
  test('R13 ends the membership, its tokens, its open invites and its current org together', async () => {
    const { owner, admin, path } = await team();
    const { token } = (await admin.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'mine' })).body;
    const guest = newPerson(project);
    const invite = (await admin.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: guest.email, role: 'member' })).body;
    await admin.call('POST', '/v1/me/current-org', { org_id: owner.org.id });
    expect((await callAs(token)('GET', '/v1/me')).status).toBe(200);

    expect((await owner.call('DELETE', path(admin))).status).toBe(204);

    expect((await admin.call('GET', `/v1/orgs/${owner.org.id}`)).body.code).toBe('org_not_found');
    expect((await admin.call('GET', '/v1/me')).body).toMatchObject({ current_org: null, orgs: [] });
    expect((await callAs(token)('GET', '/v1/me')).body.code).toBe('invalid_api_token');
    expect((await guest.call('POST', `/v1/orgs/invites/${invite.token}/accept`)).body.code).toBe('invite_revoked');
    const left = await Promise.all([
      db().select().from(userCurrentOrg).where(eq(userCurrentOrg.userId, admin.userId)),
      db()
        .select()
        .from(apiTokens)
        .where(and(eq(apiTokens.createdBy, admin.userId), isNull(apiTokens.revokedAt))),
      db()
        .select()
        .from(orgInvites)
        .where(and(eq(orgInvites.invitedBy, admin.userId), isNull(orgInvites.revokedAt))),
    ]);
    expect(left).toEqual([[], [], []]);
  });

  test('is for members below oneself, and for who is there', async () => {
    const { owner, admin, member, path } = await team();
    const other = newPerson(project);
    await join(owner, other, 'admin');
    expect((await admin.call('DELETE', path(other))).body.code).toBe('forbidden');
    expect((await admin.call('DELETE', path(owner))).body.code).toBe('forbidden');
    expect((await member.call('DELETE', path(other))).body.code).toBe('forbidden');
    expect((await owner.call('DELETE', path(newPerson(project)))).body.code).toBe('member_not_found');
    expect((await admin.call('DELETE', path(member))).status).toBe(204);
  });

  test('oneself is leaving, which every role but the last owner may', async () => {
    const { member, admin, path } = await team();
    expect((await member.call('DELETE', path(member))).status).toBe(204);
    expect((await admin.call('DELETE', path(admin))).status).toBe(204);
    expect((await admin.call('DELETE', path(admin))).body.code).toBe('org_not_found');
  });

  test('leaves no live token of a non-member, whatever they mint meanwhile', async () => {
    for (let round = 0; round < 10; round++) {
      const { owner, member, path } = await team();
      const mint = () => member.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'race' });
      const [removal, ...minted] = await Promise.all([owner.call('DELETE', path(member)), ...Array.from({ length: 5 }, mint)]);
      expect(removal?.status).toBe(204);
      for (const { status, body } of minted) {
        if (status === 201) expect((await callAs(body.token)('GET', '/v1/me')).status).toBe(401);
      }
    }
  });

  test('and inviting again gives back membership, not the old tokens', async () => {
    const { owner, member, path } = await team();
    const { token } = (await member.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'old' })).body;
    await owner.call('DELETE', path(member));
    await join(owner, member);
    expect((await callAs(token)('GET', '/v1/me')).body.code).toBe('invalid_api_token');
  });
});

test('R20 a role this version does not know gives no rights', async () => {
  const { owner, member } = await team();
  await db().execute('alter table org_members drop constraint org_members_role_check');
  await db().update(orgMembers).set({ role: 'superuser' }).where(eq(orgMembers.userId, member.userId));
  expect((await member.call('GET', `/v1/orgs/${owner.org.id}`)).body.code).toBe('org_not_found');
});
