import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clickhouse } from '@/db/clickhouse';
import { db } from '@/db/postgres';
import { orgs } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { testClickhouse } from '@/lib/audit/fixtures/audited-org';
import { OVERVIEW_SERIES } from './read-overview';
import { SANDBOX_SERIES } from './read-sandbox-metrics';

type Owner = Person & { org: { id: string; slug: string } };
let project: TestProject;
let owner: Owner;
beforeAll(testDatabase);
beforeAll(testClickhouse);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  owner = await newOwner(project);
});

// A full hour of yesterday: rows past their table's time to live are not kept at all.
const AT = Math.floor(Date.now() / 3_600_000 - 24) * 3_600_000;
const at = (minute: number) => new Date(AT + minute * 60_000).toISOString();
const RANGE = `from=${at(0)}&to=${at(5)}&step=1m`;

async function insert(table: string, rows: Record<string, unknown>[]): Promise<void> {
  await (await clickhouse()).insert({ table: `pandastack.${table}`, values: rows, format: 'JSONEachRow' });
}

function request(workspace: string, { minute = 0, status = 200, duration = 10 }): Record<string, unknown> {
  const known = { request_id: randomUUID(), method: 'GET', route: '/v1/me', actor_id: '', ip: '', user_agent: '' };
  return { ...known, ts: AT + minute * 60_000 + 5_000, workspace_id: workspace, status, duration_ms: duration };
}

function boot(workspace: string, { minute = 0, mode = 'cold', ms = 100 }): Record<string, unknown> {
  return {
    ts: AT + minute * 60_000,
    workspace_id: workspace,
    sandbox_id: randomUUID(),
    agent_id: 'a',
    template: 'base',
    boot_mode: mode,
    boot_ms: ms,
    from_snapshot: '',
  };
}

const overview = (person: Person, query = RANGE, headers: Record<string, string> = {}) =>
  person.call('GET', `/v1/metrics/overview?${query}`, undefined, headers);
const values = (series: [string, number | null][]) => series.map(([, value]) => value);

describe('GET /v1/metrics/overview', () => {
  test('counts, errors and quantiles stand in their step, and what is between is filled', async () => {
    const { id } = owner.org;
    await insert('http_requests', [
      request(id, { minute: 0, duration: 10 }),
      request(id, { minute: 0, duration: 30, status: 503 }),
      request(id, { minute: 3, duration: 20, status: 404 }),
    ]);
    await insert('boot_events', [
      boot(id, { minute: 1, mode: 'cold', ms: 900 }),
      boot(id, { minute: 1, mode: 'snapshot', ms: 100 }),
    ]);
    const { status, body } = await overview(owner);
    expect(status).toBe(200);
    expect(body).toMatchObject({ from: at(0), to: at(5), step: '1m' });
    expect(Object.keys(body.series).sort()).toEqual([...OVERVIEW_SERIES].sort());
    expect(body.series.http_rps.map(([bucket]: [string]) => bucket)).toEqual([0, 1, 2, 3, 4].map(at));
    expect(values(body.series.http_rps)).toEqual([2, 0, 0, 1, 0]);
    expect(values(body.series.http_errors)).toEqual([1, 0, 0, 0, 0]);
    expect(values(body.series.http_p50)).toEqual([20, null, null, 20, null]);
    expect(values(body.series.http_p95)).toEqual([29, null, null, 20, null]);
    expect(values(body.series.sb_creates)).toEqual([0, 2, 0, 0, 0]);
    expect(values(body.series.boot_p50)).toEqual([null, 500, null, null, null]);
    expect(values(body.series.boot_p95)).toEqual([null, 860, null, null, null]);
    expect(values(body.series.boot_p99)).toEqual([null, 892, null, null, null]);
    expect(values(body.series.boot_warm_pct)).toEqual([null, 50, null, null, null]);
  });

  test('an org sees no row of another, whoever asks and whatever the header says', async () => {
    const other = await newOwner(project);
    await insert('http_requests', [request(other.org.id, {})]);
    await insert('boot_events', [boot(other.org.id, {})]);
    const { body } = await overview(owner);
    for (const name of ['http_rps', 'sb_creates']) expect(values(body.series[name])).toEqual([0, 0, 0, 0, 0]);
    const spied = await overview(owner, RANGE, { 'x-pandastack-org': other.org.id });
    expect([spied.status, spied.body.code]).toEqual([403, 'not_a_member']);
    expect((await newPerson(project).call('GET', '/v1/metrics/overview')).body.code).toBe('not_a_member');
  });

  test('what agents know an adopted org by is its own; a slug shaped like another org’s id is not', async () => {
    const victim = await newOwner(project);
    await db().update(orgs).set({ legacyTenantKey: 'acme-of-old' }).where(eq(orgs.id, owner.org.id));
    const sly = await newOwner(project);
    await db().update(orgs).set({ legacyTenantKey: victim.org.id }).where(eq(orgs.id, sly.org.id));
    await insert('boot_events', [boot('acme-of-old', {}), boot(owner.org.id, {}), boot(victim.org.id, {})]);
    expect(values((await overview(owner)).body.series.sb_creates)[0]).toBe(2);
    expect(values((await overview(sly)).body.series.sb_creates)[0]).toBe(0);
  });

  test('members and API tokens of the org may read it', async () => {
    const member = newPerson(project);
    await join(owner, member);
    const { body: token } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci' });
    for (const call of [member.call, callAs(token.token)]) expect((await call('GET', '/v1/metrics/overview')).status).toBe(200);
  });

  test('without a range it tells the last hour by the minute', async () => {
    const { body } = await overview(owner, '');
    expect(body.step).toBe('1m');
    expect([60, 61]).toContain(body.series.http_rps.length);
  });

  test.each([
    ['30 days at 15 s', 'from=2026-05-01T00:00:00Z&to=2026-05-31T00:00:00Z&step=15s', 'ask for step=5m'],
    ['N18 a hundred years', 'from=1926-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&step=1h', 'at most 30 days'],
    ['N18 an inverted range', 'from=2026-05-04T11:00:00Z&to=2026-05-04T10:00:00Z', 'must lie before to'],
    ['a range of nothing', 'from=2026-05-04T10:00:00Z&to=2026-05-04T10:00:00Z', 'must lie before to'],
    ['N18 another time zone’s name', 'from=2026-05-04T10:00:00[Europe/Paris]', 'must be a time'],
    ['a step of its own', 'step=7s', '15s, 1m, 5m or 1h'],
    ['N12 SQL as a step', "step=1m') FORMAT CSV --", '15s, 1m, 5m or 1h'],
    ['I10 a second step', 'step=1m&step=1h', 'once only'],
    ['an unknown name', 'org_id=x', 'org_id'],
  ])('%s is refused in words', async (_, query, words) => {
    const { status, body } = await overview(owner, query);
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(JSON.stringify(body)).toContain(words);
  });

  test('30 days at 5 minutes are told', async () => {
    const { status, body } = await overview(owner, 'from=2026-05-01T00:00:00Z&to=2026-05-31T00:00:00Z&step=5m');
    expect([status, body.series.http_rps.length]).toEqual([200, 8_640]);
  });
});

describe('GET /v1/metrics/sandbox/{id}', () => {
  const reading = (workspace: string, minute: number, more: Record<string, number>) => ({
    ts: AT + minute * 60_000,
    workspace_id: workspace,
    sandbox_id: 'sb-1',
    agent_id: 'a',
    cpu_pct: 0,
    mem_bytes: 0,
    net_rx_bytes: 0,
    net_tx_bytes: 0,
    disk_rd_bytes: 0,
    disk_wr_bytes: 0,
    ...more,
  });
  const read = (person: Person, id = 'sb-1') => person.call('GET', `/v1/metrics/sandbox/${encodeURIComponent(id)}?${RANGE}`);

  test('tells the mean of use and the last of counters in each step', async () => {
    await insert('sandbox_metrics', [
      reading(owner.org.id, 1, { cpu_pct: 10, mem_bytes: 100, net_rx_bytes: 5 }),
      reading(owner.org.id, 1, { cpu_pct: 30, mem_bytes: 300, net_rx_bytes: 9 }),
    ]);
    const { body } = await read(owner);
    expect(Object.keys(body.series).sort()).toEqual([...SANDBOX_SERIES].sort());
    expect(values(body.series.cpu_pct)).toEqual([null, 20, null, null, null]);
    expect(values(body.series.mem_bytes)).toEqual([null, 200, null, null, null]);
    expect(values(body.series.net_rx_bytes)).toEqual([null, 9, null, null, null]);
  });

  test('a sandbox of another org has no readings', async () => {
    const other = await newOwner(project);
    await insert('sandbox_metrics', [reading(other.org.id, 1, { cpu_pct: 10 })]);
    expect(values((await read(owner)).body.series.cpu_pct)).toEqual([null, null, null, null, null]);
  });

  test.each(["a' OR 1", 'x'.repeat(65), '../x', 'ü'])('%s cannot be a sandbox', async (id) => {
    expect((await read(owner, id)).body.code).toBe('not_found');
  });
});
