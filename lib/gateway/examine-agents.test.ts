import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { agents, leases } from '@/db/schema';
import { environmentOf, withConfig } from '@/e2e/support/provoke-refusal';
import { testDatabase } from '@/e2e/support/test-database';
import { join, newOwner, newPerson } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';

const PATH = '/v1/admin/agents';
let project: TestProject;
let owner: Awaited<ReturnType<typeof newOwner>>;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  owner = await newOwner(project);
  await db().delete(agents);
});

const operated = () => ({
  ...environmentOf(project),
  PANDASTACK_BOOTSTRAP_ORG: owner.org.slug,
  PANDASTACK_BOOTSTRAP_OWNER_EMAIL: 'awaited@example.com',
});
const fleet = (env: Record<string, string> = {}) =>
  withConfig({ ...operated(), ...env }, async () => {
    const { status, body } = await owner.call('GET', PATH);
    expect(status).toBe(200);
    return body;
  });
const silentFor = (seconds: number) => sql`now() - make_interval(secs => ${seconds})`;
const near = { endpoint: 'http://127.0.0.1:8080', lastHeartbeat: silentFor(0) };

test('an agent is active, draining or, after 30 seconds without a sign of life, offline', async () => {
  await db()
    .insert(agents)
    .values([
      { ...near, id: 'a', lastHeartbeat: silentFor(5) },
      { ...near, id: 'd', status: 'draining', lastHeartbeat: silentFor(10) },
      { ...near, id: 'o', lastHeartbeat: silentFor(31) },
      { ...near, id: 'never', lastHeartbeat: null },
    ]);
  const { items } = await fleet();
  expect(items.map(({ id, status }: { id: string; status: string }) => [id, status])).toEqual([
    ['a', 'active'],
    ['d', 'draining'],
    ['o', 'offline'],
    ['never', 'offline'],
  ]);
});

test('its room is told where it tells it, and its sandboxes are counted by their leases', async () => {
  const capacity = {
    cpu_total: 8,
    cpu_used: 3,
    memory_mb_total: 1_024,
    volumes_fs_size_bytes: 100,
    volumes_fs_free_bytes: 40,
    load_average: 0.5,
  };
  await db()
    .insert(agents)
    .values([
      { ...near, id: 'told', capacity },
      { id: 'untold', endpoint: null, lastHeartbeat: silentFor(1) },
    ]);
  const lease = (sandboxId: string, hours: number) => ({
    sandboxId,
    agentId: 'told',
    expiresAt: sql`now() + make_interval(hours => ${hours})`,
  });
  await db()
    .insert(leases)
    .values([lease('one', 1), lease('two', 1), lease('expired', -1)]);
  expect((await fleet()).items).toMatchObject([
    {
      cpu: { used: 3, total: 8 },
      memory_mb: { used: 0, total: 1_024 },
      volume_bytes: { used: 60, total: 100 },
      load_average: 0.5,
      sandboxes: 2,
    },
    { id: 'untold', endpoint: '', cpu: null, memory_mb: null, volume_bytes: null, sandboxes: 0 },
  ]);
});

test('agents beyond this machine that are called without a secret are told of', async () => {
  await db()
    .insert(agents)
    .values({ ...near, id: 'near' });
  expect((await fleet()).unguarded).toBe(false);
  await db()
    .insert(agents)
    .values({ id: 'gone', endpoint: 'http://10.0.0.6:8080', lastHeartbeat: silentFor(60) });
  expect((await fleet()).unguarded).toBe(false);
  await db()
    .insert(agents)
    .values({ id: 'far', endpoint: 'http://10.0.0.5:8080', lastHeartbeat: silentFor(0) });
  expect((await fleet()).unguarded).toBe(true);
  expect((await fleet({ PANDASTACK_NODE_TOKEN: 'a-secret-of-more-than-32-characters-0123456789' })).unguarded).toBe(false);
});

test('where one agent takes all, that one is told, and whether it is called without a secret', async () => {
  expect(await fleet({ PANDASTACK_AGENT_URL: 'http://127.0.0.1:9000' })).toMatchObject({
    only_agent: 'http://127.0.0.1:9000',
    unguarded: false,
  });
  expect(await fleet({ PANDASTACK_AGENT_URL: 'http://10.0.0.5:9000' })).toMatchObject({ unguarded: true });
});

test('only owners of the org that operates the server are told', async () => {
  const [other, admin] = [await newOwner(project), newPerson(project)];
  await join(owner, admin, 'admin');
  await withConfig(operated(), async () => {
    expect((await other.call('GET', PATH)).body.code).toBe('not_a_member');
    expect((await admin.call('GET', PATH)).body.code).toBe('forbidden');
  });
});
