import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { auditOutbox, orgInvites, orgMembers } from '@/db/schema';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';

type Owner = Person & { org: { id: string; slug: string } };
let project: TestProject;
let owner: Owner;
let admin: Person;
let member: Person;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  owner = await newOwner(project);
  [admin, member] = [newPerson(project), newPerson(project)];
  await join(owner, admin, 'admin');
  await join(owner, member);
});

const memberPath = (person: Person) => `/v1/orgs/${owner.org.id}/members/${person.userId}`;
const preview = (viewer: Person, of: Person) => viewer.call('GET', `${memberPath(of)}/offboarding`);
const invite = (by: Person, role = 'member') =>
  by.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: `${randomUUID()}@example.com`, role });
const mint = (by: Person) => by.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci' });

async function lastEvent(): Promise<{ action: string; metadata: Record<string, unknown> }> {
  const rows = await db().select().from(auditOutbox).where(eq(auditOutbox.orgId, owner.org.id)).orderBy(auditOutbox.createdAt);
  const { action, metadata } = rows.at(-1)?.payload ?? {};
  return { action: String(action), metadata: JSON.parse(String(metadata)) };
}

describe('the preview of an off-boarding', () => {
  test('names exactly what a removal then ends, and changes nothing itself', async () => {
    const [token, dead] = [await mint(admin), await mint(admin)];
    await admin.call('DELETE', `/v1/orgs/${owner.org.id}/tokens/${dead.body.id}`);
    const [open, revoked, expired] = [await invite(admin), await invite(admin), await invite(admin)];
    await admin.call('DELETE', `/v1/orgs/${owner.org.id}/invites/${revoked.body.id}`);
    await db().update(orgInvites).set({ expiresAt: sql`now() - interval '1 second'` }).where(eq(orgInvites.id, expired.body.id));
    await invite(owner);
    await mint(owner);

    const before = await tableChecksum();
    const { status, body } = await preview(owner, admin);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      member: { user_id: admin.userId, role: 'admin' },
      tokens: [{ id: token.body.id, label: 'ci', prefix: token.body.prefix }],
      invites: [{ id: open.body.id, email: open.body.email, role: 'member' }],
      is_last_owner: false,
    });
    expect(await tableChecksum()).toBe(before);

    expect((await owner.call('DELETE', memberPath(admin))).status).toBe(204);
    expect(await lastEvent()).toMatchObject({ action: 'member.removed', metadata: { revoked_tokens: 1, revoked_invites: 1 } });
  });

  test('tells the last owner that they cannot go, and whoever works there that they do', async () => {
    expect((await preview(owner, owner)).body).toMatchObject({ is_last_owner: true, is_current_org: true });
    expect((await preview(member, member)).body.is_last_owner).toBe(false);
  });

  test('is for those who may remove the member, and for oneself', async () => {
    expect((await preview(admin, member)).status).toBe(200);
    expect((await preview(member, member)).status).toBe(200);
    expect((await preview(member, admin)).body.code).toBe('forbidden');
    expect((await preview(admin, owner)).body.code).toBe('forbidden');
    expect((await preview(newPerson(project), member)).body.code).toBe('org_not_found');
    expect((await preview(owner, newPerson(project))).body.code).toBe('member_not_found');
    const token = await mint(owner);
    expect((await callAs(token.body.token)('GET', `${memberPath(member)}/offboarding`)).body.code).toBe('token_not_allowed');
  });
});

describe('a demotion', () => {
  test('V33 to member ends the open invites they sent, and says how many', async () => {
    const [first, second] = [await invite(admin, 'admin'), await invite(admin)];
    const other = await invite(owner);
    expect((await owner.call('PATCH', memberPath(admin), { role: 'member' })).status).toBe(200);
    for (const { body } of [first, second]) {
      expect((await callAs(null)('GET', `/v1/invites/${body.token}`)).body.state).toBe('revoked');
    }
    expect((await callAs(null)('GET', `/v1/invites/${other.body.token}`)).body.state).toBe('open');
    expect(await lastEvent()).toMatchObject({ metadata: { before: 'admin', after: 'member', revoked_invites: 2 } });
    // Not even a promotion brings them back.
    await owner.call('PATCH', memberPath(admin), { role: 'admin' });
    expect((await callAs(null)('GET', `/v1/invites/${first.body.token}`)).body.state).toBe('revoked');
  });

  test('from owner to admin leaves them: admins invite too', async () => {
    await owner.call('PATCH', memberPath(admin), { role: 'owner' });
    const open = await invite(admin);
    await owner.call('PATCH', memberPath(admin), { role: 'admin' });
    expect((await callAs(null)('GET', `/v1/invites/${open.body.token}`)).body.state).toBe('open');
  });
});

describe('what the database itself refuses', () => {
  test('R17 a role of another case or with a space', async () => {
    for (const role of ['Owner', 'admin ', '', 'root']) {
      const change = db().update(orgMembers).set({ role }).where(eq(orgMembers.userId, member.userId));
      await expect(change).rejects.toMatchObject({ cause: { code: '23514' } });
    }
  });

  test('R18 an org without an owner, by deletion or by demotion', async () => {
    const own = eq(orgMembers.userId, owner.userId);
    await expect(db().delete(orgMembers).where(own)).rejects.toMatchObject({ cause: { constraint_name: 'org_keeps_an_owner' } });
    await expect(db().update(orgMembers).set({ role: 'admin' }).where(own)).rejects.toMatchObject({
      cause: { constraint_name: 'org_keeps_an_owner' },
    });
  });
});

test('R04 an admin makes nobody owner, themselves least, and touches neither owners nor other admins', async () => {
  const other = newPerson(project);
  await join(owner, other, 'admin');
  const before = await tableChecksum();
  const refused = [
    await admin.call('PATCH', memberPath(admin), { role: 'owner' }),
    await admin.call('PATCH', memberPath(member), { role: 'owner' }),
    await admin.call('PATCH', memberPath(owner), { role: 'member' }),
    await admin.call('DELETE', memberPath(owner)),
    await admin.call('DELETE', memberPath(other)),
  ];
  expect(refused.map(({ body }) => body.code)).toEqual(Array(5).fill('forbidden'));
  expect(await tableChecksum()).toBe(before);
});

test('R12 who is no member cannot be removed', async () => {
  for (const id of [randomUUID(), 'nobody', '%00']) {
    expect((await owner.call('DELETE', `/v1/orgs/${owner.org.id}/members/${id}`)).status).toBe(404);
  }
});

test('R16 a role change takes a role and nothing beside it', async () => {
  const before = await tableChecksum();
  for (const extra of [
    { user_id: owner.userId },
    { org_id: randomUUID() },
    { joined_at: '2020-01-01T00:00:00Z' },
    { email: 'x@y.z' },
  ]) {
    expect((await owner.call('PATCH', memberPath(member), { role: 'member', ...extra })).body.code).toBe('validation_failed');
  }
  expect(await tableChecksum()).toBe(before);
});
