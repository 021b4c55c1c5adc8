import { createHash, timingSafeEqual } from 'node:crypto';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { POOL_SIZE } from '@/db/connect';
import { queryStatistics } from '@/db/query-deadline';
import { outboxBacklog } from '@/lib/audit/outbox-backlog';
import { keySetStatistics } from '@/lib/auth/key-set-state';
import { refusalCounts } from '@/lib/auth/note-refusal';
import { config } from '@/lib/config';
import { requestLogStatistics } from '@/lib/requests/request-log';

interface ProcessMetrics {
  registry: Registry;
  requests: Histogram<'route' | 'status'>;
}

const holder = globalThis as typeof globalThis & { __pandastackMetrics?: ProcessMetrics };

function metrics(): ProcessMetrics {
  holder.__pandastackMetrics ??= createMetrics();
  return holder.__pandastackMetrics;
}

function createMetrics(): ProcessMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'pandastack_http_request_duration_seconds',
    help: 'Time to answer a request of the API, by route pattern and status.',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  registerKeySetMetrics(registry);
  registerRefusalMetrics(registry);
  registerPoolMetrics(registry);
  registerAuditMetrics(registry);
  registerRequestLogMetrics(registry);
  return { registry, requests };
}

/** Read when somebody asks: the store of keys counts by itself, whether or not metrics are on. */
function registerKeySetMetrics(registry: Registry): void {
  gauge(
    registry,
    'pandastack_jwks_age_seconds',
    "Age of the sign-in service's verification keys; NaN while none are known.",
    () => keySetStatistics().ageSeconds,
  );
  counter(
    registry,
    'pandastack_jwks_fetch_failures_total',
    'Fetches of the verification keys that brought none.',
    () => keySetStatistics().fetchFailures,
  );
  counter(
    registry,
    'pandastack_jwks_stale_served_total',
    'Tokens verified with keys that could not be renewed in time.',
    () => keySetStatistics().staleServed,
  );
}

function registerPoolMetrics(registry: Registry): void {
  const open = 'Queries that wait for a connection of the pool or for an answer of Postgres.';
  gauge(registry, 'pandastack_postgres_open_queries', open, () => queryStatistics().open);
  const size = 'Connections that the pool of this process may open.';
  gauge(registry, 'pandastack_postgres_pool_size', size, () => POOL_SIZE);
  const lost = 'Queries that Postgres did not answer in time; each takes the pool it ran on away.';
  counter(registry, 'pandastack_postgres_lost_queries_total', lost, () => queryStatistics().lost);
}

/** One question to Postgres a scrape, for both gauges; NaN while it does not answer, so that a scrape never fails with it. */
function registerAuditMetrics(registry: Registry): void {
  let asked: ReturnType<typeof outboxBacklog> | undefined;
  const ask = () => {
    asked ??= outboxBacklog()
      .catch(() => ({ waiting: Number.NaN, oldestSeconds: Number.NaN, refused: Number.NaN }))
      .finally(() => {
        asked = undefined;
      });
    return asked;
  };
  gauge(registry, 'pandastack_audit_outbox_events', 'Audit events that wait for ClickHouse.', async () => (await ask()).waiting);
  const refused = 'Audit events that ClickHouse could not read; each is logged with its id.';
  gauge(registry, 'pandastack_audit_refused_events', refused, async () => (await ask()).refused);
  const lag = 'How many seconds the oldest audit event has waited for ClickHouse.';
  gauge(registry, 'pandastack_audit_outbox_lag_seconds', lag, async () => (await ask()).oldestSeconds);
}

function registerRequestLogMetrics(registry: Registry): void {
  gauge(
    registry,
    'pandastack_request_log_waiting',
    'Rows of the request log that wait for ClickHouse.',
    () => requestLogStatistics().waiting,
  );
  counter(
    registry,
    'pandastack_request_log_written_total',
    'Rows of the request log that ClickHouse took.',
    () => requestLogStatistics().written,
  );
  counter(
    registry,
    'pandastack_request_log_dropped_total',
    'Rows of the request log that were let go: too many waited.',
    () => requestLogStatistics().dropped,
  );
}

function gauge(registry: Registry, name: string, help: string, read: () => number | Promise<number>): void {
  const made: Gauge = new Gauge({
    name,
    help,
    registers: [registry],
    collect: async () => made.set(await read()),
  });
}

/** For what is counted elsewhere: its total is told anew at every scrape. */
function counter(registry: Registry, name: string, help: string, read: () => number): void {
  const made: Counter = new Counter({
    name,
    help,
    registers: [registry],
    collect: () => {
      made.reset();
      made.inc(read());
    },
  });
}

function registerRefusalMetrics(registry: Registry): void {
  new Counter({
    name: 'pandastack_auth_refusals_total',
    help: 'Credentials refused by the API or by pages, by the code they were refused with.',
    labelNames: ['code'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [code, count] of refusalCounts()) this.inc({ code }, count);
    },
  });
}

/** Counts one answer; `startedAt` is a reading of performance.now(). Nothing is counted while nobody can read it. */
export function observeRequest(route: string, status: number, startedAt: number): void {
  const { metricsToken, metricsListen } = config();
  if (metricsToken === null && metricsListen === null) return;
  metrics().requests.observe({ route, status }, (performance.now() - startedAt) / 1000);
}

/** The metrics in Prometheus' text format. */
export async function renderMetrics(): Promise<{ contentType: string; text: string }> {
  const { registry } = metrics();
  return { contentType: registry.contentType, text: await registry.metrics() };
}

/**
 * Whether this credential opens /metrics beside the API ('public') or on an address of its own. A configured token is asked for at
 * both, as "Bearer <PANDASTACK_METRICS_TOKEN>" and compared in constant time; without one only the own address is open.
 */
export function mayReadMetrics(authorization: string | null, door: 'public' | 'own'): boolean {
  const { metricsToken, metricsListen } = config();
  if (door === 'public' && metricsListen !== null) return false;
  if (metricsToken === null) return door === 'own';
  if (authorization === null) return false;
  return timingSafeEqual(digest(authorization), digest(`Bearer ${metricsToken}`));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
