'use client';

import { Area, Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { language } from '@/messages/language';
import { fullMeasure, shortMeasure, type Unit } from './measure';

/** Values of one moment by the name of their series; `at` in milliseconds since 1970. */
export type ChartRow = { at: number } & Record<string, number | null>;

export interface ChartSeries {
  name: string;
  label: string;
  color: 'accent' | 'danger' | 'info' | 'warn' | 'muted';
  shape: 'area' | 'line' | 'bars';
  /** For what is only compared with: thin and dashed. */
  faded?: boolean;
  /** For what is read all the time: a moment without a value breaks the line. */
  gaps?: boolean;
}

export interface TimePlotProps {
  /** Names the chart for screen readers. */
  label: string;
  unit: Unit;
  rows: readonly ChartRow[];
  series: readonly ChartSeries[];
  /** How many milliseconds the rows cover: what the axis writes depends on it. */
  spanMs: number;
  /** For sums of whole days in UTC: their names and no time. */
  daily?: boolean;
}

const COLORS: Record<ChartSeries['color'], string> = {
  accent: 'var(--ring)',
  danger: 'var(--danger)',
  info: 'var(--info-ink)',
  warn: 'var(--warn-ink)',
  muted: 'var(--faint)',
};
const DAY_MS = 86_400_000;
const TICK = { fill: 'var(--faint)', fontSize: 11 };

/** The chart itself; loaded by TimeChart. Nothing moves: a chart that grows in tells nothing. */
export function TimePlot({ label, unit, rows, series, spanMs, daily = false }: TimePlotProps) {
  const axisTime = daily ? utcDay : timeFormat(spanMs);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={[...rows]}
        syncId="moment"
        title={label}
        margin={{ top: 6, right: 4, bottom: 0, left: 0 }}
        barCategoryGap="12%"
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="at"
          type="category"
          tickFormatter={(at: number) => axisTime.format(at)}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: 'var(--line-strong)' }}
          minTickGap={48}
        />
        <YAxis
          width={unit === 'gib-hours' ? 68 : 46}
          tickFormatter={(value: number) => shortMeasure(value, unit)}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          tickCount={4}
          allowDecimals={unit !== 'count'}
          {...(unit === 'percent' ? { domain: [0, 100], ticks: [0, 25, 50, 75, 100] } : { domain: [0, 'auto'] })}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--line-strong)', fill: 'var(--hover)', fillOpacity: 0.5 }}
          content={({ active, payload }) => (
            <Reading active={active} row={payload?.[0]?.payload} series={series} unit={unit} daily={daily} />
          )}
        />
        {series.map(drawn)}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function drawn({ name, label, color, shape, faded, gaps = false }: ChartSeries) {
  const common = { dataKey: name, name: label, isAnimationActive: false } as const;
  const stroke = COLORS[color];
  if (shape === 'bars') return <Bar key={name} {...common} fill={stroke} maxBarSize={14} />;
  // As thick as the line: it shows only where a value stands alone between two gaps.
  const dot = gaps && { r: 0.75, strokeWidth: 0, fill: stroke, fillOpacity: 1 };
  const activeDot = { r: 3, strokeWidth: 0, fill: stroke };
  const line = { ...common, stroke, strokeWidth: faded ? 1 : 1.5, dot, activeDot, connectNulls: !gaps };
  const dashed = faded ? { strokeDasharray: '3 3' } : {};
  // Straight between two measurements: a curve would show values that nobody measured.
  if (shape === 'line') return <Line key={name} type="linear" {...line} {...dashed} />;
  return <Area key={name} type="linear" fill={stroke} fillOpacity={0.12} {...line} {...dashed} />;
}

interface ReadingProps {
  active: boolean | undefined;
  row: ChartRow | undefined;
  series: readonly ChartSeries[];
  unit: Unit;
  daily: boolean;
}

const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
const utcDate = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
const utcDay = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });

function Reading({ active, row, series, unit, daily }: ReadingProps) {
  if (!active || !row) return null;
  return (
    <div className="rounded-md border bg-surface px-2.5 py-2 text-xs shadow-lift">
      <p className="text-muted">{(daily ? utcDate : moment).format(row.at)}</p>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
        {series.map(({ name, label, color }) => (
          <div key={name} className="contents">
            <dt className="flex items-center gap-1.5 text-muted">
              <span aria-hidden="true" data-mark className="size-2 rounded-full" style={{ background: COLORS[color] }} />
              {label}
            </dt>
            <dd className="text-right font-medium tabular-nums">{fullMeasure(row[name], unit)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function timeFormat(spanMs: number): Intl.DateTimeFormat {
  if (spanMs <= DAY_MS) return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
}
