import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { db } from '@/db/postgres';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, newOwner, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';

let project: TestProject;
let owner: Person & { org: { id: string } };
let token: string;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
  owner = await newOwner(project);
  token = (await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci' })).body.token;
});
afterAll(() => project.close());

/** Questions to Postgres that a read costs: one tells who may read, and a list is one more. Limits and keys of requests add none. */
test.each([
  ['/v1/me', 1, 1],
  ['/v1/orgs', 1, 1],
  ['/v1/orgs/:org', 1, 1],
  ['/v1/orgs/:org/members', 2, 2],
  ['/v1/orgs/:org/invites', 2, undefined],
  ['/v1/orgs/:org/tokens', 2, undefined],
  ['/v1/me/tokens', 2, undefined],
  ['/v1/me/invites', 1, undefined],
])('a read of %s costs a person %i questions to Postgres and a token %s', async (path, byPerson, byToken) => {
  const asked = vi.spyOn(db().$client, 'unsafe');
  for (const [credential, cost] of [
    [owner.token, byPerson],
    [token, byToken],
  ] as const) {
    if (cost === undefined) continue;
    asked.mockClear();
    const headers = { 'idempotency-key': 'a-key-that-counts-for-nothing' };
    const { status } = await callAs(credential)('GET', path.replace(':org', owner.org.id), undefined, headers);
    expect([path, status, asked.mock.calls.length]).toEqual([path, 200, cost]);
  }
  asked.mockRestore();
});
