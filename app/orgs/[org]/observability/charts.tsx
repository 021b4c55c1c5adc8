import type { ChartRow, ChartSeries } from '@/app/_ui/time-chart';
import type { Overview } from '@/lib/metrics/read-overview';
import { ChartCard } from './chart-card';

interface ChartsProps {
  now: Overview;
  /** Null: nothing is drawn behind. */
  before: Overview | null;
  spanMs: number;
}

type Name = keyof Overview;
interface Chart {
  title: string;
  description: string;
  unit: 'count' | 'ms' | 'percent';
  nothing: string;
  series: (Omit<ChartSeries, 'name'> & { name: Name })[];
}

const CHARTS: Chart[] = [
  {
    title: 'Requests',
    description: 'Calls to the API in each step.',
    unit: 'count',
    nothing: 'No requests in this range',
    series: [{ name: 'http_rps', label: 'Requests', color: 'accent', shape: 'area' }],
  },
  {
    title: 'Response time',
    description: 'How long the API took: half of the calls, and 95 of 100.',
    unit: 'ms',
    nothing: 'No requests in this range',
    series: [
      { name: 'http_p50', label: 'p50', color: 'accent', shape: 'line' },
      { name: 'http_p95', label: 'p95', color: 'info', shape: 'line' },
    ],
  },
  {
    title: 'Server errors',
    description: 'Answers of status 500 and more.',
    unit: 'count',
    nothing: 'No errors in this range',
    series: [{ name: 'http_errors', label: 'Errors', color: 'danger', shape: 'bars' }],
  },
  {
    title: 'Sandboxes started',
    description: 'As the machines that run them reported.',
    unit: 'count',
    nothing: 'No sandbox was started in this range',
    series: [{ name: 'sb_creates', label: 'Started', color: 'accent', shape: 'bars' }],
  },
  {
    title: 'Boot times',
    description: 'From the request for a sandbox until it ran.',
    unit: 'ms',
    nothing: 'No sandbox was started in this range',
    series: [
      { name: 'boot_p50', label: 'p50', color: 'accent', shape: 'line' },
      { name: 'boot_p95', label: 'p95', color: 'info', shape: 'line' },
      { name: 'boot_p99', label: 'p99', color: 'warn', shape: 'line' },
    ],
  },
  {
    title: 'Warm starts',
    description: 'Sandboxes that came from a snapshot, not a cold boot.',
    unit: 'percent',
    nothing: 'No sandbox was started in this range',
    series: [{ name: 'boot_warm_pct', label: 'Warm', color: 'accent', shape: 'line' }],
  },
];

export function Charts({ now, before, spanMs }: ChartsProps) {
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      {CHARTS.map(({ series, ...chart }) => (
        <ChartCard
          key={chart.title}
          {...chart}
          series={before ? [...series, ...series.map(behind)] : series}
          rows={rowsOf(
            series.map(({ name }) => name),
            now,
            before,
          )}
          spanMs={spanMs}
        />
      ))}
    </div>
  );
}

function behind({ name, label }: Chart['series'][number]): ChartSeries {
  return { name: `${name}_before`, label: `${label}, before`, color: 'muted', shape: 'line', faded: true };
}

/** One row a step; the period before stands under the same moments, though it is older. */
function rowsOf(names: Name[], now: Overview, before: Overview | null): ChartRow[] {
  const [first = 'http_rps'] = names;
  return now[first].map(([bucket], index) => {
    const row: ChartRow = { at: Date.parse(bucket) };
    for (const name of names) {
      row[name] = now[name][index]?.[1] ?? null;
      if (before) row[`${name}_before`] = before[name][index]?.[1] ?? null;
    }
    return row;
  });
}
