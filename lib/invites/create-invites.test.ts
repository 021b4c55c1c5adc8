import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { orgInvites } from '@/db/schema';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { join, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { setConfig, startTestProject, TEST_SECRET, type TestProject } from '@/e2e/support/test-project';
import { invitedAnswer } from './create-invites';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterEach(() => configure({}));
afterAll(() => project.close());

function configure(settings: Record<string, string>): void {
  const supabase = { SUPABASE_URL: project.url, SUPABASE_ANON_KEY: project.anonKey, SUPABASE_JWT_SECRET: TEST_SECRET };
  setConfig({ ...supabase, ...settings });
}

const address = () => `${randomUUID()}@example.com`;
const inviteMany = ({ call }: Person, org: { id: string }, invites: unknown) =>
  call('POST', `/v1/orgs/${org.id}/invites/batch`, { invites });
type Item = ReturnType<typeof invitedAnswer.parse>['items'][number];

describe('many invites at once', () => {
  test('stand each by itself and come back in their order, with a link of their own or the reason there is none', async () => {
    const owner = await newOwner(project);
    const member = newPerson(project);
    await join(owner, member);
    const [first, last] = [newPerson(project), newPerson(project)];
    const { status, body } = await inviteMany(owner, owner.org, [
      { email: first.email },
      { email: 'no address' },
      { email: member.email, role: 'admin' },
      { email: first.email.toUpperCase() },
      { email: last.email, role: 'admin' },
    ]);
    expect(status).toBe(200);
    expect(body.items.map((item: Item) => [item.status, item.error?.code ?? item.invite?.role])).toEqual([
      [201, 'member'],
      [400, 'validation_failed'],
      [409, 'already_member'],
      [409, 'invite_exists'],
      [201, 'admin'],
    ]);
    expect(body.items[3]).toMatchObject({ email: first.email.toUpperCase(), error: { hint: expect.any(String) } });
    expect(invitedAnswer.parse(body)).toEqual(body);
    for (const [guest, index] of [
      [first, 0],
      [last, 4],
    ] as const) {
      const accepted = await guest.call('POST', `/v1/orgs/invites/${body.items[index].invite.token}/accept`);
      expect(accepted.status).toBe(200);
    }
  });

  test('stop at the most an org may have open; those before stand', async () => {
    configure({ PANDASTACK_MAX_OPEN_INVITES_PER_ORG: '2' });
    const owner = await newOwner(project);
    const { body } = await inviteMany(
      owner,
      owner.org,
      Array.from({ length: 4 }, () => ({ email: address() })),
    );
    expect(body.items.map((item: Item) => item.error?.code ?? item.status)).toEqual([201, 201, 'invite_limit', 'invite_limit']);
    expect(await db().$count(orgInvites, eq(orgInvites.orgId, owner.org.id))).toBe(2);
  });

  test.each([
    ['none', []],
    ['101', Array.from({ length: 101 }, (_, n) => ({ email: `p${n}@example.com` }))],
    ['no list', { email: 'a@example.com' }],
    ['one of a role there is not', [{ email: 'a@example.com', role: 'owner' }]],
    ['one with a field of its own', [{ email: 'a@example.com', redirect_to: 'https://evil.example' }]],
  ])('are refused together when they are %s', async (_title, invites) => {
    const owner = await newOwner(project);
    const before = await tableChecksum();
    const { status, body } = await inviteMany(owner, owner.org, invites);
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(await tableChecksum()).toBe(before);
  });

  test('are for those who may invite', async () => {
    const owner = await newOwner(project);
    const member = newPerson(project);
    await join(owner, member);
    expect((await inviteMany(member, owner.org, [{ email: address() }])).body.code).toBe('forbidden');
    expect((await inviteMany(newPerson(project), owner.org, [{ email: address() }])).body.code).toBe('org_not_found');
  });

  test('V21 count each for the person who sends them', async () => {
    const owner = await newOwner(project);
    const many = () =>
      inviteMany(
        owner,
        owner.org,
        Array.from({ length: 70 }, () => ({ email: 'no address' })),
      );
    expect((await many()).status).toBe(200);
    const refused = await many();
    expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited']);
  });
});
