import type { OrgAccess } from '@/lib/access/org-access';
import type { MetricsRange } from './metrics-range';
import { refuseImpossibleSandbox } from './sandbox-id';
import { measured, type Point, readSeries } from './series';

export const SANDBOX_SERIES = ['cpu_pct', 'mem_bytes', 'net_rx_bytes', 'net_tx_bytes', 'disk_rd_bytes', 'disk_wr_bytes'] as const;
export type SandboxMetrics = Record<(typeof SANDBOX_SERIES)[number], Point[]>;

/**
 * What an org's sandbox used over a range: the mean of `cpu_pct` and `mem_bytes` in each step, and the highest reading of the
 * four counters, which agents let grow. A sandbox of another org has no readings here. Throws not_found for what cannot be an
 * id, and dependency_unavailable.
 */
export async function readSandboxMetrics(
  { org }: OrgAccess<'metrics:read'>,
  sandboxId: string,
  range: MetricsRange,
): Promise<SandboxMetrics> {
  refuseImpossibleSandbox(sandboxId);
  const counters = SANDBOX_SERIES.slice(2);
  const series = await readSeries<Record<string, unknown>>({
    table: 'sandbox_metrics',
    columns: ['avg(cpu_pct) AS cpu', 'avg(mem_bytes) AS mem', ...counters.map((name) => `max(${name}) AS ${name}_`)].join(', '),
    where: 'sandbox_id = {sandbox:String}',
    tenants: [org.id, org.tenantKey],
    parameters: { sandbox: sandboxId },
    range,
    read: (row) => ({
      cpu_pct: measured(row.cpu, 2),
      mem_bytes: measured(row.mem, 0),
      ...Object.fromEntries(counters.map((name) => [name, measured(row[`${name}_`], 0)])),
    }),
    empty: Object.fromEntries(SANDBOX_SERIES.map((name) => [name, null])),
  });
  return series as SandboxMetrics;
}
