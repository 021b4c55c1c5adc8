import { selectRows } from '@/db/select-rows';
import { type MetricsRange, STEPS } from './metrics-range';

/** A point of a series: when its step begins, and its value; null where nothing was measured. */
export type Point = [bucket: string, value: number | null];

interface SeriesQuery<Row> {
  /** The table, without its database. */
  table: 'http_requests' | 'boot_events' | 'sandbox_metrics';
  /** What is measured, as columns of the answer. */
  columns: string;
  /** Further conditions with bound parameters. */
  where?: string;
  parameters?: Record<string, string | number>;
  /** The org's id, and where agents write the rows, what they know the org by. */
  tenants: string[];
  range: MetricsRange;
  /** The value of each series at a step where there are rows. */
  read: (row: Row) => Record<string, number | null>;
  /** Each series' value at a step without a row: nothing counted is 0, nothing measured is null. */
  empty: Record<string, number | null>;
}

/**
 * One series a name, a point for every step of the range, gaps filled. All series of one table cost one query; values are
 * bound, never written into it. Throws dependency_unavailable.
 */
export async function readSeries<Row>(query: SeriesQuery<Row>): Promise<Record<string, Point[]>> {
  const { table, columns, where, parameters, tenants, range, read, empty } = query;
  const step = STEPS[range.step];
  const buckets = bucketsOf(range);
  const rows = await selectRows<Row & { bucket: number | string }>(
    `SELECT intDiv(toUnixTimestamp(ts), {step:UInt32}) * {step:UInt32} AS bucket, ${columns}
     FROM pandastack.${table}
     WHERE workspace_id IN {tenants:Array(String)}
       AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})${where ? ` AND ${where}` : ''}
     GROUP BY bucket ORDER BY bucket`,
    { ...parameters, tenants, step, from: range.from.getTime(), to: range.to.getTime() },
    buckets.length + 1,
  );
  const known = new Map(rows.map((row) => [Number(row.bucket), read(row)]));
  return Object.fromEntries(
    Object.entries(empty).map(([name, nothing]) => [
      name,
      buckets.map((bucket): Point => [new Date(bucket * 1_000).toISOString(), known.get(bucket)?.[name] ?? nothing]),
    ]),
  );
}

function bucketsOf({ from, to, step }: MetricsRange): number[] {
  const seconds = STEPS[step];
  const first = from.getTime() / 1_000;
  return Array.from({ length: (to.getTime() / 1_000 - first) / seconds }, (_, index) => first + index * seconds);
}

/** A number ClickHouse answered; null for what is none (the quantile of nothing is NaN, written as null). */
export function measured(value: unknown, decimals = 1): number | null {
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return null;
  return Number(number.toFixed(decimals));
}
