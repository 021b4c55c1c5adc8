import type { Unit } from '@/app/_ui/measure';
import type { ChartRow, ChartSeries } from '@/app/_ui/time-chart';
import { type MetricsRange, STEPS } from '@/lib/metrics/metrics-range';
import type { SandboxMetrics } from '@/lib/metrics/read-sandbox-metrics';
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
    title: 'CPU',
    description: 'The mean of each step.',
    unit: 'percent',
    counter: false,
    series: [{ name: 'cpu_pct', label: 'CPU', color: 'accent', shape: 'area', gaps: true }],
  },
  {
    title: 'Memory',
    description: 'The mean of each step.',
    unit: 'bytes',
    counter: false,
    series: [{ name: 'mem_bytes', label: 'Memory', color: 'accent', shape: 'area', gaps: true }],
  },
  {
    title: 'Disk',
    description: 'Bytes a second.',
    unit: 'bytes',
    counter: true,
    series: [
      { name: 'disk_rd_bytes', label: 'Read', color: 'accent', shape: 'line', gaps: true },
      { name: 'disk_wr_bytes', label: 'Written', color: 'info', shape: 'line', gaps: true },
    ],
  },
  {
    title: 'Network',
    description: 'Bytes a second.',
    unit: 'bytes',
    counter: true,
    series: [
      { name: 'net_rx_bytes', label: 'In', color: 'accent', shape: 'line', gaps: true },
      { name: 'net_tx_bytes', label: 'Out', color: 'info', shape: 'line', gaps: true },
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
          nothing="No readings in this range"
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
