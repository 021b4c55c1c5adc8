import { clickhouse } from '@/db/clickhouse';

const DAYS = 30;
const MONTH_MS = DAYS * 86_400_000;

/** How busy a moment is, from 0 to 100: office hours of working days, with a night that still has its jobs. */
const BUSY = `(12 + if(toDayOfWeek(ts) < 6, 70, 18) * greatest(0, sin((toHour(ts) + toMinute(ts) / 60 - 7) / 12 * 3.14159)))`;

interface Table {
  table: string;
  columns: string;
  /** Moments before they are thinned out by BUSY. */
  moments: number;
  values: string;
}

const TABLES: Table[] = [
  {
    table: 'http_requests',
    columns: 'request_id, method, route, status, duration_ms, actor_id, ip, user_agent',
    moments: 900_000,
    values: `concat('demo-', toString(n)),
      if(h % 4 = 0, 'POST', 'GET'),
      ['/v1/sandboxes', '/v1/sandboxes/{id}/exec', '/v1/sandboxes/{id}/fs', '/v1/me', '/v1/sandboxes/{id}'][1 + h % 5],
      multiIf(h % 401 = 0, 500, h % 997 = 0, 503, h % 59 = 0, 404, h % 4 = 0, 201, 200),
      toUInt32(8 + exp((h % 1000) / 180) + if(h % 401 = 0, 1200, 0)),
      concat('token:demo-', toString(h % 4)), '192.0.2.10', 'pandastack-sdk'`,
  },
  {
    table: 'boot_events',
    columns: 'sandbox_id, agent_id, template, boot_mode, boot_ms, from_snapshot',
    moments: 24_000,
    values: `concat('sbx-', toString(n % 2000)), concat('agent-', toString(1 + h % 3)), ['base', 'python', 'node'][1 + h % 3],
      multiIf(h % 9 = 0, 'cold', h % 3 = 0, 'wake', 'snapshot'),
      toUInt32(if(h % 9 = 0, 900 + h % 700, 70 + h % 130)), if(h % 9 = 0, '', 'warm')`,
  },
];

/** How often the twelve sandboxes are read: closely in the last hours, where a person looks first. */
const READINGS = [
  { everySeconds: 15, fromHoursAgo: 6, toHoursAgo: 0 },
  { everySeconds: 150, fromHoursAgo: DAYS * 24, toHoursAgo: 6 },
];

/** A month of requests, sandbox starts and readings of twelve sandboxes, made by ClickHouse itself; the same at every run. */
export async function addHistory(orgId: string): Promise<void> {
  const client = await clickhouse();
  for (const { table, columns, moments, values } of TABLES) {
    const query = `INSERT INTO pandastack.${table} (ts, workspace_id, ${columns})
      SELECT ts, {org:String}, ${values} FROM (
        SELECT number AS n, cityHash64(number, '${table}') AS h,
          now64(3) - toIntervalMillisecond(number * ${Math.floor(MONTH_MS / moments)} + h % 60000) AS ts
        FROM numbers(${moments})
      ) WHERE cityHash64(n, 'kept') % 100 < ${BUSY}`;
    await client.command({ query, query_params: { org: orgId } });
  }
  for (const reading of READINGS) await addReadings(orgId, reading);
}

/** Counters grow, use goes with the day, and each sandbox has three hours a week without a reading. */
async function addReadings(orgId: string, { everySeconds, fromHoursAgo, toHoursAgo }: (typeof READINGS)[number]): Promise<void> {
  const moments = ((fromHoursAgo - toHoursAgo) * 3_600) / everySeconds;
  await (await clickhouse()).command({
    query: `INSERT INTO pandastack.sandbox_metrics (ts, workspace_id, sandbox_id, agent_id,
        cpu_pct, mem_bytes, net_rx_bytes, net_tx_bytes, disk_rd_bytes, disk_wr_bytes)
      SELECT ts, {org:String}, concat('sbx-', toString(s)), concat('agent-', toString(1 + s % 3)),
        least(97, ${BUSY} * (0.3 + s / 18) + h % 900 / 100), 180000000 + s * 30000000 + ${BUSY} * 2500000 + h % 9000000,
        age * (9000 + s * 700) + h % 40000, age * (4000 + s * 300) + h % 20000,
        age * (2000 + s * 90) + h % 9000, age * (5000 + s * 200) + h % 25000
      FROM (
        SELECT number % 12 AS s, cityHash64(number, 'reading') AS h,
          now64(3) - toIntervalSecond(${toHoursAgo * 3_600} + intDiv(number, 12) * ${everySeconds} + 1) AS ts,
          ${MONTH_MS / 1_000} - dateDiff('second', ts, now()) AS age
        FROM numbers(${moments * 12})
      ) WHERE (toUnixTimestamp(ts) + s * 50000) % 604800 > 10800`,
    query_params: { org: orgId },
  });
}
