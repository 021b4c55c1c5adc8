import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clickhouse } from '@/db/clickhouse';
import { testDatabase } from '@/e2e/support/test-database';
import { newOwner } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import type { OrgAccess } from '@/lib/access/org-access';
import { testClickhouse } from '@/lib/audit/fixtures/audited-org';
import { getSandboxBoots } from './get-sandbox-boots';
import { listSandboxes, MOST_SANDBOXES } from './list-sandboxes';

let project: TestProject;
let own: string;
let foreign: string;
beforeAll(testDatabase);
beforeAll(testClickhouse);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  own = (await newOwner(project)).org.id;
  foreign = (await newOwner(project)).org.id;
});

const AT = Math.floor(Date.now() / 3_600_000 - 24) * 3_600_000;
const RANGE = { from: new Date(AT), to: new Date(AT + 300_000), step: '1m' } as const;
const accessOf = (id: string) => ({ org: { id, tenantKey: id } }) as unknown as OrgAccess<'metrics:read'>;

async function insert(table: string, values: Record<string, unknown>[]): Promise<void> {
  await (await clickhouse()).insert({ table: `pandastack.${table}`, values, format: 'JSONEachRow' });
}
const reading = (workspace_id: string, sandbox_id: string, more = {}) => ({
  ts: AT + 60_000,
  workspace_id,
  sandbox_id,
  agent_id: 'a',
  cpu_pct: 10,
  mem_bytes: 100,
  ...more,
});
const boot = (workspace_id: string, sandbox_id: string, more = {}) => ({
  ts: AT,
  workspace_id,
  sandbox_id,
  agent_id: 'a',
  template: 'base',
  boot_mode: 'cold',
  boot_ms: 900,
  from_snapshot: '',
  ...more,
});

test('the busiest sandbox of the range comes first, with its last reading', async () => {
  await insert('sandbox_metrics', [
    reading(own, 'calm'),
    reading(own, 'busy', { cpu_pct: 80 }),
    reading(own, 'busy', { cpu_pct: 40, mem_bytes: 300, ts: AT + 90_000 }),
    reading(own, 'too-late', { ts: AT + 300_000 }),
    reading(own, 'too-early', { ts: AT - 1 }),
  ]);
  const listed = await listSandboxes(accessOf(own), RANGE);
  expect(listed.map(({ id }) => id)).toEqual(['busy', 'calm']);
  expect(listed[0]).toEqual({ id: 'busy', cpuPct: 60, memBytes: 300, lastSeenAt: new Date(AT + 90_000) });
});

test('a list of sandboxes is bounded and holds none of another org', async () => {
  await insert('sandbox_metrics', [reading(foreign, 'theirs', { cpu_pct: 99 })]);
  expect(await listSandboxes(accessOf(own), RANGE)).toEqual([]);
  await insert(
    'sandbox_metrics',
    Array.from({ length: MOST_SANDBOXES + 5 }, (_, index) => reading(own, `sb-${index}`)),
  );
  expect(await listSandboxes(accessOf(own), RANGE)).toHaveLength(MOST_SANDBOXES);
});

test('boots are told newest first, and only those of the org’s own sandbox of that id', async () => {
  const id = randomUUID();
  await insert('boot_events', [
    boot(own, id),
    boot(own, id, { ts: AT + 1_000, boot_mode: 'wake', boot_ms: 70, from_snapshot: 's1' }),
    boot(foreign, id, { boot_ms: 1 }),
  ]);
  const boots = await getSandboxBoots(accessOf(own), id);
  expect(boots.map(({ mode, bootMs, fromSnapshot }) => [mode, bootMs, fromSnapshot])).toEqual([
    ['wake', 70, 's1'],
    ['cold', 900, ''],
  ]);
});

test('a sandbox that has only readings is known and has no boots', async () => {
  await insert('sandbox_metrics', [reading(own, 'read-only')]);
  expect(await getSandboxBoots(accessOf(own), 'read-only')).toEqual([]);
});

test('a foreign sandbox, an unknown one and an impossible id are refused in the same words', async () => {
  const id = randomUUID();
  await insert('sandbox_metrics', [reading(foreign, id)]);
  await insert('boot_events', [boot(foreign, id)]);
  for (const asked of [id, randomUUID(), "x' OR 1", '../x']) {
    await expect(getSandboxBoots(accessOf(own), asked)).rejects.toMatchObject({
      code: 'not_found',
      message: 'There is no such sandbox',
    });
  }
});
