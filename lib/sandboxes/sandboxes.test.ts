import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clickhouse } from '@/db/clickhouse';
import { db } from '@/db/postgres';
import { agents, leases, sandboxEvents, sandboxes, snapshots } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { authorizeOrg, type OrgAccess } from '@/lib/access/org-access';
import { foundOrg, testClickhouse } from '@/lib/audit/fixtures/audited-org';
import { findSandbox } from './find-sandbox';
import { hasEnded } from './has-ended';
import { EVENTS_A_PAGE, listEvents } from './list-events';
import { listSandboxes } from './list-sandboxes';
import { listSnapshots } from './list-snapshots';

beforeAll(testDatabase);
beforeAll(testClickhouse);
let project: TestProject;
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

let own: OrgAccess<'sandboxes:use'>;
let foreign: OrgAccess<'sandboxes:use'>;
beforeEach(async () => {
  [own, foreign] = await Promise.all([newOrg(), newOrg()]);
});

async function newOrg(): Promise<OrgAccess<'sandboxes:use'>> {
  const { actor, orgId } = await foundOrg();
  return authorizeOrg(actor, orgId, 'sandboxes:use');
}

type Row = Partial<typeof sandboxes.$inferInsert>;
async function insertSandbox(row: Row = {}, tenant?: string, lease: { agentId?: string; hours?: number } = {}): Promise<string> {
  const id = randomUUID();
  const values = { id, status: 'running', template: 'base', cpu: 1, memoryMb: 512, createdAt: 1_700_000_000, ...row };
  await db().insert(sandboxes).values(values);
  if (tenant === undefined) return id;
  const { agentId = 'nowhere', hours = 1 } = lease;
  const expiresAt = sql`now() + make_interval(hours => ${hours})`;
  await db().insert(leases).values({ sandboxId: id, agentId, workspaceId: tenant, expiresAt });
  return id;
}
const told = (tenant: string, more = {}) => JSON.stringify({ workspace: tenant, ...more });
const ALL = { status: '', search: '' };
const idsOf = async (access: OrgAccess<'sandboxes:use'>, filter = ALL) =>
  (await listSandboxes(access, filter, { limit: 50 })).items.map(({ id }) => id).toSorted();

test('an org sees the sandboxes whose lease names it, and without a lease those whose metadata do', async () => {
  const leased = await insertSandbox({}, own.org.tenantKey);
  const unleased = await insertSandbox({ metadata: told(own.org.tenantKey) });
  const unsaid = await insertSandbox({ metadata: told(own.org.tenantKey) }, '');
  expect(await idsOf(own)).toEqual([leased, unleased, unsaid].toSorted());
  expect(await idsOf(foreign)).toEqual([]);
});

test('metadata that only mention an org, contradict a lease or are no JSON give it nothing', async () => {
  await insertSandbox({ metadata: told(own.org.tenantKey) }, foreign.org.tenantKey);
  const note = await insertSandbox({ metadata: told(foreign.org.tenantKey, { note: own.org.tenantKey }) });
  await insertSandbox({ metadata: `{"workspace":"${own.org.tenantKey}"` });
  await insertSandbox({ metadata: JSON.stringify([own.org.tenantKey]) });
  await insertSandbox({ metadata: null });
  expect(await idsOf(own)).toEqual([]);
  expect(await findSandbox(own, note)).toBeUndefined();
  expect((await findSandbox(foreign, note))?.id).toBe(note);
});

test('what agents keep ready and what they have deleted is nobody’s', async () => {
  for (const status of ['pooled', 'deleted']) await insertSandbox({ status }, own.org.tenantKey);
  expect(await idsOf(own)).toEqual([]);
});

test('a sandbox is told without its tenant and its secrets', async () => {
  const metadata = told(own.org.tenantKey, { purpose: 'demo', 'secret.key': 'x', port: 80 });
  const id = await insertSandbox({ metadata, persistent: 1, ttlSeconds: 300, fromSnapshot: '' });
  expect(await findSandbox(own, id)).toMatchObject({
    metadata: { purpose: 'demo', port: '80' },
    persistent: true,
    fromSnapshot: null,
    agent: null,
    held: false,
  });
});

test('a sandbox is held while its lease lasts and its machine gives signs of life', async () => {
  const agentId = `agent-${randomUUID()}`;
  await db().insert(agents).values({ id: agentId, endpoint: 'http://10.0.0.1:8080', lastHeartbeat: sql`now()` });
  const held = await insertSandbox({}, own.org.tenantKey, { agentId });
  const expired = await insertSandbox({}, own.org.tenantKey, { agentId, hours: -1 });
  expect(await findSandbox(own, held)).toMatchObject({ held: true, agent: { id: agentId, online: true } });
  expect(await findSandbox(own, expired)).toMatchObject({ held: false });
  await db().execute(sql`update agents set last_heartbeat = now() - interval '31 seconds' where id = ${agentId}`);
  expect(await findSandbox(own, held)).toMatchObject({ held: false, agent: { online: false } });
});

test('the list is narrowed by state and by a part of an id or a template', async () => {
  const paused = await insertSandbox({ status: 'paused', template: 'Base_100%' }, own.org.tenantKey);
  const running = await insertSandbox({}, own.org.tenantKey);
  expect(await idsOf(own, { status: 'paused', search: '' })).toEqual([paused]);
  expect(await idsOf(own, { status: '', search: 'base_100%' })).toEqual([paused]);
  expect(await idsOf(own, { status: '', search: running.slice(4, 20).toUpperCase() })).toEqual([running]);
  expect(await idsOf(own, { status: '', search: '%' })).toEqual([paused]);
});

test('pages follow each other without a gap or a double, also among sandboxes of one second', async () => {
  const made = await Promise.all(Array.from({ length: 7 }, () => insertSandbox({}, own.org.tenantKey)));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listSandboxes(own, ALL, { limit: 3, cursor });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen.toSorted()).toEqual(made.toSorted());
  const { nextCursor } = await listSandboxes(own, ALL, { limit: 3 });
  const asked = { limit: 3, cursor: nextCursor ?? '' };
  await expect(listSandboxes(foreign, ALL, asked)).rejects.toMatchObject({ code: 'validation_failed' });
});

test('events of a sandbox are the org’s own, newest first, and a page leads to the next', async () => {
  const sandboxId = randomUUID();
  const of = (workspaceId: string, type: string) => ({ sandboxId, workspaceId, type });
  for (let n = 0; n <= EVENTS_A_PAGE; n++)
    await db()
      .insert(sandboxEvents)
      .values(of(own.org.tenantKey, `own-${n}`));
  await db().insert(sandboxEvents).values(of(foreign.org.tenantKey, 'foreign'));
  const { events, before } = await listEvents(own, sandboxId, null);
  expect(events.map(({ type }) => type)).toEqual(Array.from({ length: EVENTS_A_PAGE }, (_, n) => `own-${EVENTS_A_PAGE - n}`));
  expect((await listEvents(own, sandboxId, before)).events.map(({ type }) => type)).toEqual(['own-0']);
  expect((await listEvents(foreign, sandboxId, null)).events.map(({ type }) => type)).toEqual(['foreign']);
});

test('events that agents sent to ClickHouse alone are told from there, and none of another org', async () => {
  const sandbox_id = randomUUID();
  const values = [
    { workspace_id: own.org.tenantKey, sandbox_id, type: 'running', code: 'cold', metadata: '{"boot_ms":84}' },
    { workspace_id: foreign.org.tenantKey, sandbox_id, type: 'foreign' },
  ];
  await (await clickhouse()).insert({ table: 'pandastack.sandbox_events', values, format: 'JSONEachRow' });
  const { events } = await listEvents(own, sandbox_id, null);
  expect(events).toMatchObject([{ type: 'running', code: 'cold', metadata: { boot_ms: 84 } }]);
});

test('a sandbox that has ended is known by what it left, to its own org alone', async () => {
  const [inPostgres, inClickhouse] = [randomUUID(), randomUUID()];
  await db().insert(sandboxEvents).values({ sandboxId: inPostgres, workspaceId: own.org.tenantKey, type: 'deleted' });
  const reading = { workspace_id: own.org.tenantKey, sandbox_id: inClickhouse, agent_id: 'a', cpu_pct: 1 };
  await (await clickhouse()).insert({ table: 'pandastack.sandbox_metrics', values: [reading], format: 'JSONEachRow' });
  for (const id of [inPostgres, inClickhouse]) {
    expect(await hasEnded(own, id)).toBe(true);
    expect(await hasEnded(foreign, id)).toBe(false);
  }
  expect(await hasEnded(own, randomUUID())).toBe(false);
});

test.each(['', '\0', '../x', 'a b', "'", 'x'.repeat(200)])('%j is no sandbox', async (id) => {
  expect(await findSandbox(own, id)).toBeUndefined();
  expect(await hasEnded(own, id)).toBe(false);
});

test('snapshots are the org’s by what is written with them, or by what is left of their sandbox', async () => {
  const leased = await insertSandbox({}, own.org.tenantKey);
  const unleased = await insertSandbox({ metadata: told(own.org.tenantKey) });
  const gone = randomUUID();
  await db().insert(sandboxEvents).values({ sandboxId: gone, workspaceId: own.org.tenantKey, type: 'deleted' });
  const theirs = await insertSandbox({ metadata: told(own.org.tenantKey) }, foreign.org.tenantKey);
  const snapshot = (sandboxId: string, workspaceId = '') => ({ id: randomUUID(), sandboxId, workspaceId, createdAt: 1 });
  const ours = [snapshot(leased), snapshot(unleased), snapshot(gone), snapshot(theirs, own.org.tenantKey)];
  await db()
    .insert(snapshots)
    .values([...ours, snapshot(theirs), snapshot(leased, foreign.org.tenantKey)]);
  const { items } = await listSnapshots(own, { limit: 50 });
  expect(items.map(({ id }) => id).toSorted()).toEqual(ours.map(({ id }) => id).toSorted());
  const pages = await listSnapshots(own, { limit: 3 });
  const rest = await listSnapshots(own, { limit: 3, cursor: pages.nextCursor ?? '' });
  expect([...pages.items, ...rest.items].map(({ id }) => id).toSorted()).toEqual(ours.map(({ id }) => id).toSorted());
});
