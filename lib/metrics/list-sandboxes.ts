import { selectRows } from '@/db/select-rows';
import type { OrgAccess } from '@/lib/access/org-access';
import type { MetricsRange } from './metrics-range';
import { measured } from './series';

/** More than a person reads down; the busiest come first. */
export const MOST_SANDBOXES = 50;

export interface BusySandbox {
  id: string;
  /** The mean over the range, in percent. */
  cpuPct: number | null;
  /** The highest reading of the range. */
  memBytes: number | null;
  lastSeenAt: Date;
}

interface Row {
  sandbox_id: string;
  cpu: number | null;
  mem: string;
  last_ms: string;
}

/** The org's sandboxes that were read in a range, busiest first, at most MOST_SANDBOXES. Throws dependency_unavailable. */
export async function listSandboxes({ org }: OrgAccess<'metrics:read'>, { from, to }: MetricsRange): Promise<BusySandbox[]> {
  const rows = await selectRows<Row>(
    `SELECT sandbox_id, avg(cpu_pct) AS cpu, max(mem_bytes) AS mem, toUnixTimestamp64Milli(max(ts)) AS last_ms
     FROM pandastack.sandbox_metrics
     WHERE workspace_id IN {tenants:Array(String)}
       AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})
     GROUP BY sandbox_id ORDER BY cpu DESC, sandbox_id LIMIT {most:UInt32}`,
    { tenants: [org.id, org.tenantKey], from: from.getTime(), to: to.getTime(), most: MOST_SANDBOXES },
    MOST_SANDBOXES,
  );
  return rows.map(({ sandbox_id, cpu, mem, last_ms }) => ({
    id: sandbox_id,
    cpuPct: measured(cpu),
    memBytes: measured(mem, 0),
    lastSeenAt: new Date(Number(last_ms)),
  }));
}
