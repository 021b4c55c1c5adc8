import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { PROVISIONING } from '@/e2e/support/provisioning-sql';
import { testDatabase } from '@/e2e/support/test-database';
import { newPerson } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

test('whom the documented SQL names sees the organization at once, by its reserved slug too, and running it again changes nothing', async () => {
  const person = newPerson(project);
  for (let round = 0; round < 2; round++) {
    for (const statement of PROVISIONING) {
      await db().execute(
        sql.raw(statement.replaceAll('SUPABASE_USER_ID', person.userId).replace('[email protected]', person.email)),
      );
    }
    const { body } = await person.call('GET', '/v1/me');
    expect(body.current_org).toMatchObject({ slug: 'default', name: 'Default', role: 'owner', owner_user_id: person.userId });
    expect((await person.call('GET', '/v1/orgs/default/members')).body).toMatchObject([
      { user_id: person.userId, email: person.email, role: 'owner' },
    ]);
  }
  const invite = await person.call('POST', '/v1/orgs/default/invites', { email: 'second@example.com', role: 'member' });
  expect(invite.status).toBe(201);
});
