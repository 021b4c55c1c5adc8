import type { Unit } from '@/app/_ui/measure';
import type { ChartRow, ChartSeries } from '@/app/_ui/time-chart';
import { type MetricsRange, STEPS } from '@/lib/metrics/metrics-range';
import type { SandboxMetrics } from '@/lib/metrics/read-sandbox-metrics';
import * as words from '@/messages/sandbox-metrics';
import { ChartCard } from '../../../observability/chart-card';
import { ratesOf } from '../../../observability/rates';

interface Chart {
  title: string;
  description: string;
  unit: Unit;
  /** Agents count bytes up; a person asks how many a second. */
  counter: boolean;
  series: (ChartSeries & { name: keyof SandboxMetrics })[];
}

const CHARTS: Chart[] = [
  {
    title: words.cpu,
    description: words.meanHint,
    unit: 'percent',
    counter: false,
    series: [{ name: 'cpu_pct', label: words.cpu, color: 'accent', shape: 'area', gaps: true }],
  },
  {
    title: words.memory,
    description: words.meanHint,
    unit: 'bytes',
    counter: false,
    series: [{ name: 'mem_bytes', label: words.memory, color: 'accent', shape: 'area', gaps: true }],
  },
  {
    title: words.disk,
    description: words.rateHint,
    unit: 'bytes',
    counter: true,
    series: [
      { name: 'disk_rd_bytes', label: words.bytesRead, color: 'accent', shape: 'line', gaps: true },
      { name: 'disk_wr_bytes', label: words.bytesWritten, color: 'info', shape: 'line', gaps: true },
    ],
  },
  {
    title: words.network,
    description: words.rateHint,
    unit: 'bytes',
    counter: true,
    series: [
      { name: 'net_rx_bytes', label: words.bytesIn, color: 'accent', shape: 'line', gaps: true },
      { name: 'net_tx_bytes', label: words.bytesOut, color: 'info', shape: 'line', gaps: true },
    ],
  },
];

/** What one sandbox used; a step without a reading stays empty. */
export function SandboxCharts({ metrics, range }: { metrics: SandboxMetrics; range: MetricsRange }) {
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      {CHARTS.map(({ counter, ...chart }) => (
        <ChartCard
          key={chart.title}
          {...chart}
          rows={rowsOf(chart.series, metrics, counter ? STEPS[range.step] : null)}
          spanMs={range.to.getTime() - range.from.getTime()}
          nothing={words.noReadings}
        />
      ))}
    </div>
  );
}

function rowsOf(series: Chart['series'], metrics: SandboxMetrics, perSeconds: number | null): ChartRow[] {
  const drawn = series.map(({ name }) => ({
    name,
    points: perSeconds === null ? metrics[name] : ratesOf(metrics[name], perSeconds),
  }));
  return metrics.cpu_pct.map(([bucket], index) => {
    const row: ChartRow = { at: Date.parse(bucket) };
    for (const { name, points } of drawn) row[name] = points[index]?.[1] ?? null;
    return row;
  });
}
