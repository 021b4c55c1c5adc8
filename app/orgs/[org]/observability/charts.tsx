import type { ChartRow, ChartSeries } from '@/app/_ui/time-chart';
import type { Overview } from '@/lib/metrics/read-overview';
import * as words from '@/messages/observability';
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
    title: words.requests,
    description: words.requestsHint,
    unit: 'count',
    nothing: words.noRequests,
    series: [{ name: 'http_rps', label: words.requests, color: 'accent', shape: 'area' }],
  },
  {
    title: words.responseTime,
    description: words.responseTimeHint,
    unit: 'ms',
    nothing: words.noRequests,
    series: [
      { name: 'http_p50', label: words.percentile(50), color: 'accent', shape: 'line' },
      { name: 'http_p95', label: words.percentile(95), color: 'info', shape: 'line' },
    ],
  },
  {
    title: words.serverErrors,
    description: words.serverErrorsHint,
    unit: 'count',
    nothing: words.noErrors,
    series: [{ name: 'http_errors', label: words.errors, color: 'danger', shape: 'bars' }],
  },
  {
    title: words.sandboxesStarted,
    description: words.sandboxesStartedHint,
    unit: 'count',
    nothing: words.noStarts,
    series: [{ name: 'sb_creates', label: words.started, color: 'accent', shape: 'bars' }],
  },
  {
    title: words.bootTimes,
    description: words.bootTimesHint,
    unit: 'ms',
    nothing: words.noStarts,
    series: [
      { name: 'boot_p50', label: words.percentile(50), color: 'accent', shape: 'line' },
      { name: 'boot_p95', label: words.percentile(95), color: 'info', shape: 'line' },
      { name: 'boot_p99', label: words.percentile(99), color: 'warn', shape: 'line' },
    ],
  },
  {
    title: words.warmStarts,
    description: words.warmStartsHint,
    unit: 'percent',
    nothing: words.noStarts,
    series: [{ name: 'boot_warm_pct', label: words.warm, color: 'accent', shape: 'line' }],
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
  return { name: `${name}_before`, label: words.seriesBefore(label), color: 'muted', shape: 'line', faded: true };
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
