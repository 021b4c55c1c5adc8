import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { join, newOwner, newPerson } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

async function changeOf(orgId: string, action: string): Promise<unknown> {
  const [event] = await db()
    .select({ metadata: sql<string>`${auditOutbox.payload} ->> 'metadata'` })
    .from(auditOutbox)
    .where(and(eq(auditOutbox.orgId, orgId), eq(sql`${auditOutbox.payload} ->> 'action'`, action)));
  return event && JSON.parse(event.metadata);
}

test('the event of a change says what was before and what is after', async () => {
  const owner = await newOwner(project);
  const org = `/v1/orgs/${owner.org.id}`;
  const [guest, stranger, heir] = [newPerson(project), newPerson(project), newPerson(project)];
  const invite = async (email: string) => (await owner.call('POST', `${org}/invites`, { email, role: 'admin' })).body;

  const first = await invite(guest.email);
  const resent = (await owner.call('POST', `${org}/invites/${first.id}/resend`)).body;
  await guest.call('POST', `/v1/orgs/invites/${resent.token}/decline`);
  await owner.call('DELETE', `${org}/invites/${(await invite(stranger.email)).id}`);
  const token = (await owner.call('POST', `${org}/tokens`, { label: 'ci', role: 'member' })).body;
  await owner.call('DELETE', `${org}/tokens/${token.id}`);
  await owner.call('PATCH', org, { name: 'Renamed' });
  await join(owner, heir);
  await owner.call('POST', `${org}/transfer`, { user_id: heir.userId });

  const changes = await Promise.all(
    ['invite.resent', 'invite.declined', 'invite.revoked', 'token.revoked', 'org.renamed', 'org.transferred'].map((action) =>
      changeOf(owner.org.id, action),
    ),
  );
  expect(changes).toMatchObject([
    { email: guest.email, before: first.expires_at, after: resent.expires_at },
    { email: guest.email, role: 'admin', before: 'open', after: 'declined' },
    { email: stranger.email, role: 'admin', before: 'open', after: 'revoked' },
    { label: 'ci', prefix: token.prefix, role: 'member', before: 'active', after: 'revoked' },
    { before: expect.any(String), after: 'Renamed' },
    { from: owner.userId, to: heir.userId, email: heir.email, before: 'member', after: 'owner' },
  ]);
});
