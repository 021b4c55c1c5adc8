import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { leases, orgs, sandboxes, usageEvents } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { observeLeases } from './observe-leases';

let project: TestProject;
let owner: Person & { org: { id: string; slug: string } };
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  owner = await newOwner(project);
});

const MIDNIGHT = Date.UTC(2026, 0, 10) / 1_000;
const HOUR = 3_600;
const JANUARY = 'from=2026-01-09&to=2026-01-12';

async function used(event: Partial<typeof usageEvents.$inferInsert>, workspace = owner.org.id): Promise<void> {
  const usual = { template: 'base', event: 'stopped', sandboxId: 'sbx-1', cpuCount: 2, memMb: 512, ts: MIDNIGHT + 12 * HOUR };
  await db()
    .insert(usageEvents)
    .values({ ...usual, workspace, ...event });
}
/** A sandbox that an agent holds since so many seconds ago, until so many from now. */
async function running(sinceSeconds: number, untilSeconds: number): Promise<string> {
  const id = randomUUID();
  await db()
    .insert(leases)
    .values({
      sandboxId: id,
      agentId: 'a',
      workspaceId: owner.org.id,
      createdAt: sql`now() - ${sinceSeconds} * interval '1 second'`,
      expiresAt: sql`now() + ${untilSeconds} * interval '1 second'`,
    });
  await db().insert(sandboxes).values({ id, template: 'python', cpu: 4, memoryMb: 2_048, status: 'running' });
  return id;
}
const read = (query = JANUARY, person: Pick<Person, 'call'> = owner, headers = {}) =>
  person.call('GET', `/v1/usage?${query}`, undefined, headers);
const totals = async (query = JANUARY) => (await read(query)).body.totals;

describe('GET /v1/usage', () => {
  test('counts seconds, processors and memory by day, template and sandbox, and names days without any', async () => {
    await used({ durationSec: HOUR });
    await used({ durationSec: 600, sandboxId: 'sbx-2', template: 'node', ts: MIDNIGHT + 36 * HOUR, cpuCount: 1, memMb: 1_024 });
    const { status, body } = await read();
    expect(status).toBe(200);
    expect(body.totals).toEqual({ sandbox_seconds: 4_200, cpu_seconds: 7_800, gb_seconds: 2_400 });
    expect(body.days.map((row: Record<string, unknown>) => [row.day, row.sandbox_seconds])).toEqual([
      ['2026-01-09', 0],
      ['2026-01-10', 3_600],
      ['2026-01-11', 600],
    ]);
    expect(body.templates.map((row: Record<string, unknown>) => [row.template, row.cpu_seconds])).toEqual([
      ['base', 7_200],
      ['node', 600],
    ]);
    expect(body.sandboxes[0]).toEqual({
      sandbox_id: 'sbx-1',
      template: 'base',
      sandbox_seconds: 3_600,
      cpu_seconds: 7_200,
      gb_seconds: 1_800,
    });
  });

  test('shares what lasted over midnight out between its days, and counts nothing outside of the range', async () => {
    await used({ durationSec: 4 * HOUR, ts: MIDNIGHT + HOUR });
    const { body } = await read();
    expect(body.days.map((row: { sandbox_seconds: number }) => row.sandbox_seconds)).toEqual([3 * HOUR, HOUR, 0]);
    expect((await totals('from=2026-01-10&to=2026-01-11')).sandbox_seconds).toBe(HOUR);
    expect((await totals('from=2026-01-11&to=2026-01-12')).sandbox_seconds).toBe(0);
  });

  test('takes an agent’s own amounts before it multiplies', async () => {
    await used({ durationSec: 100, cpuSeconds: 50, gbSeconds: 12.5 });
    expect(await totals()).toEqual({ sandbox_seconds: 100, cpu_seconds: 50, gb_seconds: 12.5 });
  });

  test('counts no second of a sandbox twice: not one told again, not one told by two events that overlap', async () => {
    await used({ durationSec: HOUR });
    await used({ durationSec: HOUR });
    await used({ durationSec: HOUR, ts: MIDNIGHT + 12.5 * HOUR });
    await used({ durationSec: 60 });
    expect((await totals()).sandbox_seconds).toBe(1.5 * HOUR);
    await used({ durationSec: HOUR, sandboxId: 'sbx-at-the-same-time' });
    expect((await totals()).sandbox_seconds).toBe(2.5 * HOUR);
  });

  test('counts a running sandbox from its last event on, until now or the end of its lease', async () => {
    const id = await running(3_000, 60);
    expect((await totals('')).sandbox_seconds).toBeCloseTo(3_000, -2);
    await used({ sandboxId: id, durationSec: 2_000, cpuCount: 4, memMb: 2_048, ts: Math.floor(Date.now() / 1_000) - 1_000 });
    const { sandbox_seconds, cpu_seconds, gb_seconds } = await totals('');
    expect(sandbox_seconds).toBeCloseTo(3_000, -2);
    expect(cpu_seconds / sandbox_seconds).toBeCloseTo(4, 1);
    expect(gb_seconds / sandbox_seconds).toBeCloseTo(2, 1);
  });

  test('stops counting a sandbox whose agent fell silent', async () => {
    await running(5_000, -4_000);
    expect((await totals('')).sandbox_seconds).toBeCloseTo(1_000, -2);
  });

  test('I02 knows the org by its id and by what agents knew it by, and shows nothing of another', async () => {
    await db()
      .update(orgs)
      .set({ legacyTenantKey: `old-${owner.org.slug}` })
      .where(eq(orgs.id, owner.org.id));
    await used({ durationSec: 10 }, `old-${owner.org.slug}`);
    await used({ durationSec: 20, sandboxId: 'sbx-2' });
    const other = await newOwner(project);
    await used({ durationSec: 40 }, other.org.id);
    expect((await totals()).sandbox_seconds).toBe(30);
    expect((await read(JANUARY, owner, { 'x-pandastack-org': other.org.id })).body.code).toBe('not_a_member');
  });

  test('is for owners and admins, and for API tokens of such a role', async () => {
    const [admin, member] = [newPerson(project), newPerson(project)];
    await join(owner, admin, 'admin');
    await join(owner, member);
    const mint = async (role: string) =>
      (await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci', role })).body.token;
    expect((await read(JANUARY, admin)).status).toBe(200);
    expect((await read(JANUARY, { call: callAs(await mint('admin')) })).status).toBe(200);
    expect((await read(JANUARY, member)).body.code).toBe('forbidden');
    expect((await read(JANUARY, { call: callAs(await mint('member')) })).body.code).toBe('forbidden');
  });

  test.each([
    ['N18 a hundred years', 'from=1926-01-01&to=2026-01-01', 'at most 366 days'],
    ['N18 an inverted range', 'from=2026-01-12&to=2026-01-09', 'must lie before to'],
    ['a day that is none', 'from=2026-02-30', 'must be a day'],
    ['another step', 'step=1h', 'must be day'],
    ['an unknown name', 'workspace=acme', 'workspace'],
  ])('%s is refused in words', async (_, query, words) => {
    const { status, body } = await read(query);
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(JSON.stringify(body)).toContain(words);
  });

  test('widens a range to whole days', async () => {
    const { body } = await read('from=2026-01-09T13:00:00Z&to=2026-01-11T01:00:00%2B02:00');
    expect([body.from, body.to]).toEqual(['2026-01-09T00:00:00.000Z', '2026-01-11T00:00:00.000Z']);
  });
});

test('GET /v1/usage/export is a line a day and sandbox, and no cell of it a formula', async () => {
  await used({ durationSec: 2 * HOUR, ts: MIDNIGHT + HOUR, template: '=1+1' });
  await used({ durationSec: 60, sandboxId: 'sbx-2' });
  const { body, headers } = await owner.call('GET', `/v1/usage/export?${JANUARY}`);
  expect(headers.get('content-type')).toContain('text/csv');
  expect(headers.get('content-disposition')).toContain(`${owner.org.slug}-usage-2026-01-09-2026-01-11.csv`);
  expect(body.trim().split('\r\n')).toEqual([
    'day,template,sandbox_id,sandbox_seconds,cpu_seconds,gb_seconds',
    "2026-01-09,'=1+1,sbx-1,3600,7200,1800",
    "2026-01-10,'=1+1,sbx-1,3600,7200,1800",
    '2026-01-10,base,sbx-2,60,120,30',
  ]);
});

describe('what agents do not report', () => {
  /** So many seconds, and what the test itself has taken. */
  const about = (least: number) => (seconds: number) => seconds >= least - 1 && seconds < least + 100;

  const spans = () =>
    db()
      .select({ event: usageEvents.event, duration: usageEvents.durationSec, cpu: usageEvents.cpuCount })
      .from(usageEvents)
      .where(eq(usageEvents.workspace, owner.org.id))
      .orderBy(usageEvents.ts);

  test('is written while a sandbox is held, grows in one row, and outlives the lease', async () => {
    // Less than a row may reach back into the hour before: it grows at any time of day.
    const id = await running(300, 3_600);
    await observeLeases();
    await db().execute(sql`update usage_events set ts = ts - 100, duration_sec = duration_sec - 100 where sandbox_id = ${id}`);
    await observeLeases();
    expect(await spans()).toEqual([{ event: 'observed', duration: expect.toSatisfy(about(300)), cpu: 4 }]);
    const before = (await read('')).body.totals;
    await db().delete(leases).where(eq(leases.sandboxId, id));
    const after = (await read('')).body.totals;
    expect(after.sandbox_seconds).toBeLessThanOrEqual(before.sandbox_seconds);
    expect(after.sandbox_seconds).toSatisfy(about(300));
    await observeLeases();
    expect(await spans()).toHaveLength(1);
  });

  test('counts once beside what an agent reports of the same time', async () => {
    const id = await running(1_200, 3_600);
    await observeLeases();
    const now = Math.floor(Date.now() / 1_000);
    await used({ sandboxId: id, ts: now, durationSec: 1_200, cpuCount: 4, template: 'python' });
    expect((await read('')).body.totals.sandbox_seconds).toSatisfy(about(1_200));
  });

  test('begins a new row after an hour', async () => {
    const id = await running(3 * 3_600, 3_600);
    await observeLeases();
    await db().execute(sql`update usage_events set ts = ts - 60, duration_sec = duration_sec - 60 where sandbox_id = ${id}`);
    await observeLeases();
    expect((await spans()).map(({ duration }) => Math.floor((duration ?? 0) / 60))).toEqual([179, 1]);
  });

  test('of nobody’s sandboxes is not written, nor of leases that are over', async () => {
    await running(600, -1);
    const id = await running(600, 3_600);
    await db().update(leases).set({ workspaceId: '' }).where(eq(leases.sandboxId, id));
    await observeLeases();
    expect(await spans()).toEqual([]);
  });

  test('is written once by replicas that look at one time', async () => {
    await running(1_200, 3_600);
    await Promise.all(Array.from({ length: 5 }, () => observeLeases()));
    expect((await read('')).body.totals.sandbox_seconds).toSatisfy(about(1_200));
    expect((await spans()).map(({ duration }) => duration ?? 0).filter((duration) => duration > 60)).toHaveLength(1);
  });
});
