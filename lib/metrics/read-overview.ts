import type { OrgAccess } from '@/lib/access/org-access';
import type { MetricsRange } from './metrics-range';
import { measured, type Point, readSeries } from './series';

export const OVERVIEW_SERIES = [
  'http_rps',
  'http_p50',
  'http_p95',
  'http_errors',
  'sb_creates',
  'boot_p50',
  'boot_p95',
  'boot_p99',
  'boot_warm_pct',
] as const;
export type Overview = Record<(typeof OVERVIEW_SERIES)[number], Point[]>;

interface RequestsRow {
  requests: string;
  errors: string;
  p50: number | null;
  p95: number | null;
}
interface BootsRow {
  boots: string;
  warm: string;
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

/**
 * An org's requests and sandbox starts over a range. `http_rps` and `sb_creates` count a step's requests and starts (existing
 * clients divide by the step), `http_errors` its answers of 500 and more; `…_p50`, `…_p95` and `boot_p99` are milliseconds, `boot_warm_pct`
 * the share of starts in percent that were not cold. Throws dependency_unavailable.
 */
export async function readOverview({ org }: OrgAccess<'metrics:read'>, range: MetricsRange): Promise<Overview> {
  const [requests, boots] = await Promise.all([
    readSeries<RequestsRow>({
      table: 'http_requests',
      columns: `count() AS requests, countIf(status >= 500) AS errors,
        quantile(0.5)(duration_ms) AS p50, quantile(0.95)(duration_ms) AS p95`,
      tenants: [org.id],
      range,
      read: (row) => ({
        http_rps: Number(row.requests),
        http_errors: Number(row.errors),
        http_p50: measured(row.p50),
        http_p95: measured(row.p95),
      }),
      empty: { http_rps: 0, http_p50: null, http_p95: null, http_errors: 0 },
    }),
    readSeries<BootsRow>({
      table: 'boot_events',
      columns: `count() AS boots, countIf(boot_mode NOT IN ('cold', '')) AS warm,
        quantile(0.5)(boot_ms) AS p50, quantile(0.95)(boot_ms) AS p95, quantile(0.99)(boot_ms) AS p99`,
      tenants: [org.id, org.tenantKey],
      range,
      read: (row) => ({
        sb_creates: Number(row.boots),
        boot_p50: measured(row.p50),
        boot_p95: measured(row.p95),
        boot_p99: measured(row.p99),
        boot_warm_pct: measured((Number(row.warm) * 100) / Number(row.boots)),
      }),
      empty: { sb_creates: 0, boot_p50: null, boot_p95: null, boot_p99: null, boot_warm_pct: null },
    }),
  ]);
  return { ...requests, ...boots } as Overview;
}
