import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { db } from '@/db/postgres';
import { environmentOf, withConfig } from '@/e2e/support/provoke-refusal';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { testClickhouse } from '@/lib/audit/fixtures/audited-org';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(testClickhouse);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

const PATH = '/v1/admin/doctor';
const operatedBy = <T>(slug: string, work: () => Promise<T>) =>
  withConfig(
    { ...environmentOf(project), PANDASTACK_BOOTSTRAP_ORG: slug, PANDASTACK_BOOTSTRAP_OWNER_EMAIL: 'awaited@example.com' },
    work,
  );

test('only owners of the org that the configuration names are told, and no owner of another org', async () => {
  const owner = await newOwner(project);
  const other = await newOwner(project);
  const admin = newPerson(project);
  await join(owner, admin, 'admin');
  const { body: token } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci', role: 'owner' });
  await operatedBy(owner.org.slug, async () => {
    expect((await owner.call('GET', PATH)).body.findings.length).toBeGreaterThan(0);
    const asked = { 'x-pandastack-org': other.org.id };
    expect((await other.call('GET', PATH, undefined, asked)).body.code).toBe('not_a_member');
    expect((await newPerson(project).call('GET', PATH)).body.code).toBe('not_a_member');
    expect((await admin.call('GET', PATH)).body.code).toBe('forbidden');
    expect((await callAs(token.token)('GET', PATH)).body.code).toBe('token_not_allowed');
  });
});

test('where no org has that name the oldest one operates the server', async () => {
  const oldest = await newOwner(project);
  const newer = await newOwner(project);
  await db().execute(sql`update orgs set created_at = '2001-01-01' where id = ${oldest.org.id}`);
  await operatedBy('no-such-org', async () => {
    expect((await oldest.call('GET', PATH)).status).toBe(200);
    expect((await newer.call('GET', PATH)).status).toBe(403);
  });
});

test('an org founded after the server had its first owner never operates it, even as the oldest that is left', async () => {
  const later = await newOwner(project);
  await db().execute(sql`update orgs set created_at = '2001-01-01' where id = ${later.org.id}`);
  const { 0: before } = await db().execute<{ closed_at: string | null }>(sql`select closed_at from server_setup`);
  await db().execute(sql`update server_setup set closed_at = '2000-01-01'`);
  onTestFinished(async () => {
    await db().execute(sql`update server_setup set closed_at = ${before?.closed_at ?? null}`);
  });
  await operatedBy('no-such-org', async () => {
    expect((await later.call('GET', PATH)).status).toBe(403);
  });
});

test('an org that demands a second factor demands it here too', async () => {
  const owner = await newOwner(project);
  await db().execute(sql`update orgs set mfa_required = true where id = ${owner.org.id}`);
  await operatedBy(owner.org.slug, async () => {
    expect((await owner.call('GET', PATH)).body.code).toBe('insufficient_aal');
  });
});
