import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';

let project: TestProject;
let owner: Person & { org: { id: string; slug: string } };
let admin: Person;
let org: string;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  owner = await newOwner(project);
  admin = newPerson(project);
  org = `/v1/orgs/${owner.org.id}`;
  await join(owner, admin, 'admin');
});

const at = ({ userId }: Person) => `${org}/members/${userId}`;
describe('V33 the open invites of somebody who is demoted', () => {
  test('stay ended when they are promoted again', async () => {
    const guest = newPerson(project);
    const { token } = (await admin.call('POST', `${org}/invites`, { email: guest.email, role: 'admin' })).body;
    await owner.call('PATCH', at(admin), { role: 'member' });
    await owner.call('PATCH', at(admin), { role: 'admin' });
    expect((await guest.call('POST', `/v1/orgs/invites/${token}/accept`)).body.code).toBe('invite_revoked');
  });

  test('K16 and their tokens do no more than they may from then on', async () => {
    const { token } = (await admin.call('POST', `${org}/tokens`, { label: 'ci', role: 'admin' })).body;
    expect((await callAs(token)('GET', org)).body.role).toBe('admin');
    await owner.call('PATCH', at(admin), { role: 'member' });
    expect((await callAs(token)('GET', org)).body.role).toBe('member');
  });
});

describe('who is no member', () => {
  test('R12 cannot be removed, changed or looked at, and nothing changes', async () => {
    const [stranger, invited] = [newPerson(project), newPerson(project)];
    await owner.call('POST', `${org}/invites`, { email: invited.email });
    const before = await tableChecksum();
    for (const userId of [stranger.userId, invited.userId, crypto.randomUUID(), 'nonsense', '%20', "x'%20or%201=1"]) {
      for (const [method, path, body] of [
        ['DELETE', '', undefined],
        ['PATCH', '', { role: 'admin' }],
        ['GET', '/offboarding', undefined],
      ] as const) {
        const answer = await owner.call(method, `${org}/members/${userId}${path}`, body);
        expect([answer.status, answer.body.code]).toEqual([404, 'member_not_found']);
      }
    }
    expect(await tableChecksum()).toBe(before);
  });
});

test('R14 who is removed and invited again is what the new invite says, and an older one stays dead', async () => {
  const again = (role: string) => owner.call('POST', `${org}/invites`, { email: admin.email, role });
  await owner.call('DELETE', at(admin));
  const old = (await again('admin')).body;
  await owner.call('DELETE', `${org}/invites/${old.id}`);
  const fresh = (await again('member')).body;
  expect((await admin.call('POST', `/v1/orgs/invites/${old.token}/accept`)).body.code).toBe('invite_revoked');
  expect((await admin.call('POST', `/v1/orgs/invites/${fresh.token}/accept`)).body.role).toBe('member');
});

test.each([
  { role: 'member', user_id: 'x' },
  { role: 'member', org_id: 'x' },
  { role: 'member', joined_at: '2020-01-01T00:00:00Z' },
  { role: 'member', email: 'x@example.com' },
  '{"role":"member","__proto__":{"role":"owner"}}',
])('R16 a role is changed by the role alone: %j', async (body) => {
  const before = await tableChecksum();
  expect((await owner.call('PATCH', at(admin), body)).body.code).toBe('validation_failed');
  expect(await tableChecksum()).toBe(before);
});
