'use client';

import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { language } from '@/messages/language';
import { chartHint, chartReading } from '@/messages/ui';
import {
  across,
  areaPath,
  barsPath,
  type ChartRow,
  type ChartSeries,
  down,
  linePath,
  momentMarks,
  type ValueAxis,
  valueAxis,
} from './chart-geometry';
import { fullMeasure, shortMeasure, type Unit } from './measure';
import { pointAt, usePointedMoment } from './pointed-moment';
import { useHydrated } from './use-hydrated';

export type { ChartRow, ChartSeries } from './chart-geometry';

interface TimeChartProps {
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
const MOST_MOMENT_MARKS = 8;
/** A page up or down goes over a tenth of the moments. */
const PAGES = 10;

const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
const utcDate = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
const utcDay = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });

/**
 * Series over time, drawn with the page: hover or arrow keys read a moment out, in every chart of the page at once.
 * What it shows must also stand in a table. Nothing moves: a chart that grows in tells nothing.
 */
export function TimeChart({ label, unit, rows, series, spanMs, daily = false }: TimeChartProps) {
  const axis = valueAxis(rows, series, unit);
  return (
    <div className="@container flex h-52 flex-col pt-1.5 text-[11px] text-faint leading-none" data-chart>
      <div className="flex min-h-0 flex-1">
        <ValueMarks axis={axis} unit={unit} />
        <Moments label={label} unit={unit} rows={rows} series={series} axis={axis} timeOf={(daily ? utcDate : moment).format}>
          <Field rows={rows} series={series} axis={axis} />
        </Moments>
      </div>
      <MomentMarks rows={rows} unit={unit} format={daily ? utcDay : timeFormat(spanMs)} local={!daily} />
    </div>
  );
}

interface MomentsProps extends Pick<TimeChartProps, 'label' | 'unit' | 'rows' | 'series'> {
  axis: ValueAxis;
  timeOf: (at: number) => string;
  children: ReactNode;
}

/** The times lie along the field like the values of a slider, and are gone through in the same way. The field is not drawn anew for it. */
function Moments({ label, unit, rows, series, axis, timeOf, children }: MomentsProps) {
  const pointed = usePointedMoment();
  const index = pointed === null ? -1 : rows.findIndex(({ at }) => at === pointed);
  const row = rows[index];
  return (
    <div
      className="relative min-w-0 flex-1 touch-pan-y rounded-xs"
      role="slider"
      tabIndex={rows.length > 0 ? 0 : -1}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, rows.length - 1)}
      aria-valuenow={row ? index : Math.max(0, rows.length - 1)}
      aria-valuetext={row ? chartReading(timeOf(row.at), readings(row, series, unit)) : chartHint}
      aria-disabled={rows.length === 0}
      onPointerMove={(event) => pointAt(rows[indexUnder(event, rows.length)]?.at ?? null)}
      onPointerLeave={() => pointAt(null)}
      onBlur={() => pointAt(null)}
      onKeyDown={(event) => {
        const next = indexAfter(event, row ? index : rows.length, rows.length);
        if (next === undefined) return;
        event.preventDefault();
        pointAt(rows[next]?.at ?? null);
      }}
    >
      {children}
      {row && (
        <>
          <Cursor row={row} series={series} axis={axis} left={across(index, rows.length)} />
          <Reading time={timeOf(row.at)} row={row} series={series} unit={unit} left={across(index, rows.length)} />
        </>
      )}
    </div>
  );
}

/** The field itself, 100 by 100 and stretched to what room there is; lines keep their width. */
function Field({ rows, series, axis }: { rows: readonly ChartRow[]; series: readonly ChartSeries[]; axis: ValueAxis }) {
  const bars = series.filter(({ shape }) => shape === 'bars').map(({ name }) => name);
  return (
    <svg
      className="absolute inset-0 size-full overflow-visible"
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {axis.marks.map((value) => (
        <path
          key={value}
          d={`M0,${down(value, axis)}H100`}
          stroke={value === 0 ? 'var(--line-strong)' : 'var(--line)'}
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {series.map((one) => {
        const color = COLORS[one.color];
        if (one.shape === 'bars') return <path key={one.name} data-bars d={barsPath(rows, one.name, bars, axis)} fill={color} />;
        return (
          <g key={one.name} fill="none">
            {one.shape === 'area' && <path d={areaPath(rows, one, axis)} fill={color} fillOpacity={0.12} />}
            <path
              data-line
              d={linePath(rows, one, axis)}
              stroke={color}
              strokeWidth={one.faded ? 1 : 1.5}
              strokeDasharray={one.faded ? '3 3' : undefined}
              strokeLinejoin="round"
              // A value alone between two gaps is a line of no length: its round ends make it a dot.
              strokeLinecap={one.faded ? 'butt' : 'round'}
              vectorEffect="non-scaling-stroke"
            />
          </g>
        );
      })}
    </svg>
  );
}

function ValueMarks({ axis, unit }: { axis: ValueAxis; unit: Unit }) {
  return (
    <div className={`relative ${valuesWidth(unit)}`} aria-hidden="true">
      {axis.marks.map((value) => (
        <span key={value} className="absolute right-2 -translate-y-1/2 tabular-nums" style={{ top: `${down(value, axis)}%` }}>
          {shortMeasure(value, unit)}
        </span>
      ))}
    </div>
  );
}

interface MomentMarksProps {
  rows: readonly ChartRow[];
  unit: Unit;
  format: Intl.DateTimeFormat;
  /** The reader's own time, which the server does not know. */
  local: boolean;
}

function MomentMarks({ rows, unit, format, local }: MomentMarksProps) {
  const known = useHydrated() || !local;
  return (
    <div className="flex h-6 items-end" aria-hidden="true">
      <div className={valuesWidth(unit)} />
      <div className="relative h-3 flex-1">
        {known &&
          momentMarks(rows.length, MOST_MOMENT_MARKS).map((index, order) => (
            <span
              key={index}
              className={`absolute -translate-x-1/2 whitespace-nowrap tabular-nums ${order % 2 ? 'hidden @sm:block' : ''}`}
              style={{ left: `${across(index, rows.length)}%` }}
            >
              {format.format(rows[index]?.at)}
            </span>
          ))}
      </div>
    </div>
  );
}

function Cursor({ row, series, axis, left }: { row: ChartRow; series: readonly ChartSeries[]; axis: ValueAxis; left: number }) {
  return (
    <div className="pointer-events-none absolute inset-y-0" style={{ left: `${left}%` }} aria-hidden="true">
      <div data-mark className="h-full w-px -translate-x-1/2 bg-line-strong" />
      {series
        .filter(({ name, shape }) => shape !== 'bars' && typeof row[name] === 'number')
        .map(({ name, color }) => (
          <span
            key={name}
            data-mark
            className="absolute size-1.5 -translate-x-1/2 -translate-y-1/2 rounded-full"
            style={{ top: `${down(row[name] ?? 0, axis)}%`, background: COLORS[color] }}
          />
        ))}
    </div>
  );
}

interface ReadingProps {
  time: string;
  row: ChartRow;
  series: readonly ChartSeries[];
  unit: Unit;
  /** Where the moment stands, in hundredths: what it says stands on the side with more room. */
  left: number;
}

function Reading({ time, row, series, unit, left }: ReadingProps) {
  const side = left > 50 ? { right: `calc(${100 - left}% + 0.625rem)` } : { left: `calc(${left}% + 0.625rem)` };
  return (
    <div
      className="pointer-events-none absolute top-1 z-10 rounded-md border bg-surface px-2.5 py-2 text-xs leading-normal shadow-lift"
      style={side}
      aria-hidden="true"
    >
      <p className="text-muted">{time}</p>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
        {series.map(({ name, label, color }) => (
          <div key={name} className="contents">
            <dt className="flex items-center gap-1.5 text-muted">
              <span data-mark className="size-2 rounded-full" style={{ background: COLORS[color] }} />
              {label}
            </dt>
            <dd className="text-right font-medium text-ink tabular-nums">{fullMeasure(row[name], unit)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function readings(row: ChartRow, series: readonly ChartSeries[], unit: Unit): { label: string; value: string }[] {
  return series.map(({ name, label }) => ({ label, value: fullMeasure(row[name], unit) }));
}

function indexUnder(event: PointerEvent<HTMLElement>, moments: number): number {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  return Math.min(moments - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * moments)));
}

/** The keys of a slider (WAI-ARIA, slider pattern); undefined for every other key. */
function indexAfter({ key }: KeyboardEvent, index: number, moments: number): number | undefined {
  const page = Math.max(1, Math.round(moments / PAGES));
  const next = {
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    PageDown: index - page,
    PageUp: index + page,
    Home: 0,
    End: moments - 1,
  }[key];
  return next === undefined ? undefined : Math.min(moments - 1, Math.max(0, next));
}

function valuesWidth(unit: Unit): string {
  return unit === 'gib-hours' ? 'w-17' : 'w-11.5';
}

function timeFormat(spanMs: number): Intl.DateTimeFormat {
  if (spanMs <= DAY_MS) return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
}
