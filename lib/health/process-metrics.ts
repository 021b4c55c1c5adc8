import { createHash, timingSafeEqual } from 'node:crypto';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { keySetStatistics } from '@/lib/auth/key-set-state';
import { refusalCounts } from '@/lib/auth/note-refusal';
import { config } from '@/lib/config';

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
  return { registry, requests };
}

/** Read when somebody asks: the store of keys counts by itself, whether or not metrics are on. */
function registerKeySetMetrics(registry: Registry): void {
  new Gauge({
    name: 'pandastack_jwks_age_seconds',
    help: "Age of the sign-in service's verification keys; NaN while none are known.",
    registers: [registry],
    collect() {
      this.set(keySetStatistics().ageSeconds);
    },
  });
  new Counter({
    name: 'pandastack_jwks_fetch_failures_total',
    help: 'Fetches of the verification keys that brought none.',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(keySetStatistics().fetchFailures);
    },
  });
  new Counter({
    name: 'pandastack_jwks_stale_served_total',
    help: 'Tokens verified with keys that could not be renewed in time.',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(keySetStatistics().staleServed);
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
  if (config().metricsToken === null) return;
  metrics().requests.observe({ route, status }, (performance.now() - startedAt) / 1000);
}

/** The metrics in Prometheus' text format. */
export async function renderMetrics(): Promise<{ contentType: string; text: string }> {
  const { registry } = metrics();
  return { contentType: registry.contentType, text: await registry.metrics() };
}

/** True for "Bearer <PANDASTACK_METRICS_TOKEN>", compared in constant time; never when no token is configured. */
export function mayReadMetrics(authorization: string | null): boolean {
  const { metricsToken } = config();
  if (metricsToken === null || authorization === null) return false;
  return timingSafeEqual(digest(authorization), digest(`Bearer ${metricsToken}`));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
