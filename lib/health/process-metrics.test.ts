import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDatabase, db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';

const METRICS_TOKEN = 'a-token-for-the-scraper';
let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject({ PANDASTACK_METRICS_TOKEN: METRICS_TOKEN });
});
afterAll(() => project.close());

/** The value of a metric; `labels` as Prometheus writes them. */
async function scrape(name: string, labels = ''): Promise<number> {
  const { status, body } = await callAs(METRICS_TOKEN)('GET', '/metrics');
  expect(status).toBe(200);
  const line = String(body)
    .split('\n')
    .find((text) => text.startsWith(`${name}${labels} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}

test('a refused credential is counted by the code that refused it', async () => {
  const before = await scrape('pandastack_auth_refusals_total', '{code="anon_key_used"}');
  await callAs(project.anonKey)('GET', '/v1/me');
  expect(await scrape('pandastack_auth_refusals_total', '{code="anon_key_used"}')).toBe(before + 1);
});

test('queries that wait for Postgres are counted while they wait, beside the size of the pool', async () => {
  const idle = await scrape('pandastack_postgres_open_queries');
  const [locked, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holder = db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(42)`);
    locked.resolve();
    await held.promise;
  });
  await locked.promise;
  const waiting = db().transaction((tx) => tx.execute(sql`select pg_advisory_xact_lock(42)`));
  await expect.poll(() => scrape('pandastack_postgres_open_queries')).toBe(idle + 1);
  held.resolve();
  await Promise.all([holder, waiting]);
  await expect.poll(() => scrape('pandastack_postgres_open_queries')).toBe(idle);
  expect(await scrape('pandastack_postgres_pool_size')).toBe(10);
  expect(await scrape('pandastack_postgres_lost_queries_total')).toBe(0);
});

test('what waits in the audit outbox is told with the age of its oldest event', async () => {
  const createdAt = new Date(Date.now() - 90_000);
  await db().insert(auditOutbox).values({ id: randomUUID(), orgId: randomUUID(), payload: {}, createdAt });
  expect(await scrape('pandastack_audit_outbox_events')).toBe(1);
  expect(await scrape('pandastack_audit_outbox_lag_seconds')).toBeGreaterThanOrEqual(89);
  await db().delete(auditOutbox);
  expect(await scrape('pandastack_audit_outbox_lag_seconds')).toBe(0);
});

test('rows of the request log that wait are told', async () => {
  const before = await scrape('pandastack_request_log_waiting');
  await callAs(null)('GET', '/v1/me');
  expect(await scrape('pandastack_request_log_waiting')).toBe(before + 1);
});

test('a request is counted by its route and status', async () => {
  const labels = '{route="/v1/me",status="401"}';
  const before = await scrape('pandastack_http_request_duration_seconds_count', labels);
  await callAs(null)('GET', '/v1/me');
  expect(await scrape('pandastack_http_request_duration_seconds_count', labels)).toBe(before + 1);
});

test('the Grafana dashboard asks for no metric that there is not', async () => {
  const { body } = await callAs(METRICS_TOKEN)('GET', '/metrics');
  const told = new Set([...String(body).matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
  const dashboard = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'grafana', 'pandastack.json'), 'utf8');
  const asked = [...dashboard.matchAll(/\b(pandastack|process|nodejs)_\w+/g)].map(([name]) =>
    name.replace(/_(bucket|count|sum)$/, ''),
  );
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((name) => !told.has(name))).toEqual([]);
});

test('to everybody without the token there is no such path', async () => {
  for (const credential of [null, 'wrong', project.anonKey])
    expect((await callAs(credential)('GET', '/metrics')).status).toBe(404);
});

test('a scrape succeeds while Postgres is away', async () => {
  await closeDatabase();
  expect(await scrape('pandastack_audit_outbox_events')).toBeNaN();
});
