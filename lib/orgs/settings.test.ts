import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { join, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { config } from '@/lib/config';

type Owner = Person & { org: { id: string; slug: string } };
let project: TestProject;
let owner: Owner;
let admin: Person;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  owner = await newOwner(project);
  admin = newPerson(project);
  await join(owner, admin, 'admin');
});

const patch = (person: Person, change: unknown) => person.call('PATCH', `/v1/orgs/${owner.org.id}`, change);

async function eventsOf(orgId: string): Promise<Record<string, unknown>[]> {
  const rows = await db().select().from(auditOutbox).orderBy(auditOutbox.createdAt);
  return rows.filter((row) => row.orgId === orgId).map(({ payload }) => payload);
}

describe('settings', () => {
  test('are told to every member, and begin with members of any address', async () => {
    const { body } = await admin.call('GET', `/v1/orgs/${owner.org.id}`);
    expect(body).toMatchObject({ default_invite_role: 'member', allowed_email_domains: [] });
  });

  test('an admin chooses the role invites give, an owner whom they reach', async () => {
    expect((await patch(admin, { default_invite_role: 'admin' })).body.default_invite_role).toBe('admin');
    expect((await patch(admin, { allowed_email_domains: ['example.com'] })).body.code).toBe('forbidden');
    expect(
      (await patch(owner, { allowed_email_domains: ['Example.com', 'acme.io', 'acme.io'] })).body.allowed_email_domains,
    ).toEqual(['acme.io', 'example.com']);
  });

  test('change together or not at all', async () => {
    const before = await tableChecksum();
    expect((await patch(admin, { name: 'Half', allowed_email_domains: [] })).status).toBe(403);
    expect((await patch(owner, { name: 'Half', mfa_required: true })).body.code).toBe('insufficient_aal');
    expect((await patch(owner, { name: 'Half', allowed_email_domains: ['no domain'] })).body.code).toBe('validation_failed');
    expect(await tableChecksum()).toBe(before);
  });

  test('leave an event for each thing that changed, with what was before', async () => {
    const name = (await owner.call('GET', `/v1/orgs/${owner.org.id}`)).body.name;
    await patch(owner, { name, default_invite_role: 'admin', allowed_email_domains: ['acme.io'] });
    const changes = (await eventsOf(owner.org.id)).filter(({ action }) => String(action).startsWith('org.'));
    expect(changes.slice(1).map(({ action, metadata }) => [action, JSON.parse(String(metadata))])).toMatchObject([
      ['org.default_role_changed', { before: 'member', after: 'admin' }],
      ['org.domains_changed', { before: [], after: ['acme.io'] }],
    ]);
  });

  test.each([
    [{ default_invite_role: 'owner' }],
    [{ default_invite_role: null }],
    [{ allowed_email_domains: 'acme.io' }],
    [{ allowed_email_domains: [7] }],
    [{ allowed_email_domains: Array.from({ length: 51 }, (_, i) => `d${i}.example`) }],
    [{ slug: 'another' }],
    [{ id: 'another', name: 'X' }],
    [{ legacy_tenant_key: 'x' }],
  ])('refuse %j', async (change) => {
    const before = await tableChecksum();
    expect((await patch(owner, change)).body.code).toBe('validation_failed');
    expect(await tableChecksum()).toBe(before);
  });
});

describe('a person who owns as many orgs as they may', () => {
  /** Lets people own so many orgs while `work` runs. */
  async function withOrgsPerUser(orgsPerUser: number, work: () => Promise<void>): Promise<void> {
    const { limits } = config();
    const before = { ...limits };
    Object.assign(limits, { orgsPerUser });
    await work().finally(() => Object.assign(limits, before));
  }

  test('founds none, is given none and is made owner of none', async () => {
    const rich = await newOwner(project);
    await join(owner, rich);
    await withOrgsPerUser(1, async () => {
      const before = await tableChecksum();
      const path = `/v1/orgs/${owner.org.id}`;
      const refused = [
        await rich.call('POST', '/v1/orgs', { name: 'Second' }),
        await owner.call('POST', `${path}/transfer`, { user_id: rich.userId }),
        await owner.call('PATCH', `${path}/members/${rich.userId}`, { role: 'owner' }),
      ];
      expect(refused.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([409, 'org_limit']));
      expect(await tableChecksum()).toBe(before);
    });
  });

  test('of twenty foundings at once, as many succeed as there is room for', async () => {
    const founder = newPerson(project);
    await withOrgsPerUser(3, async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) => founder.call('POST', '/v1/orgs', { name: `Org ${i}` })),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
      expect(answers.filter(({ body }) => body.code === 'org_limit')).toHaveLength(17);
    });
  });
});

test('a full org takes nobody more, and the invite stays open', async () => {
  const newcomer = newPerson(project);
  const invite = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: newcomer.email });
  const accept = () => newcomer.call('POST', `/v1/orgs/invites/${invite.body.token}/accept`);
  const { limits } = config();
  const { membersPerOrg } = limits;
  Object.assign(limits, { membersPerOrg: 2 });
  const before = await tableChecksum();
  const refused = await accept().finally(() => Object.assign(limits, { membersPerOrg }));
  expect([refused.status, refused.body.code]).toEqual([409, 'member_limit']);
  expect(await tableChecksum()).toBe(before);
  expect((await accept()).status).toBe(200);
});
