import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clickhouse, closeClickhouse, openClickhouseAt } from '@/db/clickhouse';
import { selectRows } from '@/db/select-rows';
import type { OrgAccess } from '@/lib/access/org-access';
import { metricsQuery, metricsRange } from '@/lib/metrics/metrics-range';
import { readOverview } from '@/lib/metrics/read-overview';
import { middle } from './measure';

const ROWS = 10_000_000;
const ROUNDS = 5;
const DAY_MS = 86_400_000;

/** How long the overview of an org with ten million requests in a month takes, beside a bare count of the same rows. On chDB. */
export async function benchRequestHistory(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pandastack-bench-'));
  await openClickhouseAt({ folder: join(folder, 'clickhouse') });
  try {
    const org = randomUUID();
    await fill(org);
    console.log(`\n${'10,000,000 requests in a month'.padEnd(34)}${'overview'.padStart(12)}${'bare count'.padStart(12)}   ratio`);
    for (const [title, days, step] of [
      ['last hour by 15 s', 1 / 24, '15s'],
      ['last day by the minute', 1, '1m'],
      ['last 30 days by the hour', 30, '1h'],
      ['last 30 days by 5 minutes', 30, '5m'],
    ] as const) {
      const range = rangeOf(days, step);
      const ours = await medianMs(() => readOverview(accessTo(org), range));
      const bare = await medianMs(() => count(org, range));
      const ratio = (ours / bare).toFixed(1);
      console.log(
        `${title.padEnd(34)}${`${Math.round(ours)} ms`.padStart(12)}${`${Math.round(bare)} ms`.padStart(12)}   ${ratio}`,
      );
    }
  } finally {
    await closeClickhouse();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(org: string): Promise<void> {
  const client = await clickhouse();
  const query = `INSERT INTO pandastack.http_requests (ts, workspace_id, request_id, method, route, status, duration_ms, actor_id, ip, user_agent)
    SELECT now64(3) - toIntervalMillisecond(number * ${Math.floor((29 * DAY_MS) / ROWS)}), {org:String}, toString(number), 'GET',
      ['/v1/me', '/v1/sandboxes', '/v1/orgs/{org}/members'][1 + number % 3], if(number % 97 = 0, 500, 200),
      toUInt32(exp((cityHash64(number) % 700) / 100)), 'actor', '192.0.2.1', 'bench'
    FROM numbers(${ROWS})`;
  await client.command({ query, query_params: { org } });
}

function rangeOf(days: number, step: '15s' | '1m' | '5m' | '1h') {
  const to = new Date();
  return metricsRange(
    metricsQuery.parse({ step, to: to.toISOString(), from: new Date(to.getTime() - days * DAY_MS).toISOString() }),
  );
}

// The bench stands where authorizeOrg would: nobody is asking.
function accessTo(org: string): OrgAccess<'metrics:read'> {
  return { org: { id: org, tenantKey: org } } as OrgAccess<'metrics:read'>;
}

function count(org: string, { from, to }: ReturnType<typeof rangeOf>): Promise<unknown> {
  const range = 'ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})';
  const query = `SELECT count() FROM pandastack.http_requests WHERE workspace_id = {org:String} AND ${range}`;
  return selectRows(query, { org, from: from.getTime(), to: to.getTime() }, 1);
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return middle(times);
}
