import { nice, ticks } from 'd3-array';
import { area, line } from 'd3-shape';
import type { Unit } from './measure';

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

/** What a chart's values are drawn against: from 0 to `top`, with a line and a label at each of `marks`. */
export interface ValueAxis {
  top: number;
  marks: number[];
}

/** About as many lines as a chart of this height bears. */
const MARKS = 3;
/** Bars leave this much of their moment free. */
const BAR_GAP = 0.24;
/** In hundredths of the chart's width: few moments do not make slabs. */
const MOST_BAR_WIDTH = 2;

export function valueAxis(rows: readonly ChartRow[], series: readonly ChartSeries[], unit: Unit): ValueAxis {
  if (unit === 'percent') return { top: 100, marks: [0, 25, 50, 75, 100] };
  const highest = Math.max(0, ...rows.flatMap((row) => series.map(({ name }) => row[name] ?? 0)));
  const [, top] = highest > 0 ? nice(0, highest, MARKS) : [0, 1];
  const marks = ticks(0, top, MARKS);
  // Nothing is counted by halves.
  return { top, marks: unit === 'count' ? marks.filter(Number.isInteger) : marks };
}

/** Where the moment at this index stands, in hundredths of the chart's width: in the middle of its own part of it. */
export function across(index: number, moments: number): number {
  return rounded(((index + 0.5) / moments) * 100);
}

/** Where a value stands, in hundredths of the chart's height from its top. */
export function down(value: number, { top }: ValueAxis): number {
  return rounded(100 - (value / top) * 100);
}

/** At most so many indexes of moments to write below the chart, evenly apart and away from both ends. */
export function momentMarks(moments: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(moments / most));
  const indexes: number[] = [];
  for (let index = Math.floor((step - 1) / 2); index < moments; index += step) indexes.push(index);
  return indexes;
}

/** The path of a series in a field of 100 by 100; straight between two measurements, as a curve would show values nobody measured. */
export function linePath(rows: readonly ChartRow[], series: ChartSeries, axis: ValueAxis): string {
  const draw = line<Point>(
    ({ index }) => across(index, rows.length),
    ({ value }) => down(value ?? 0, axis),
  );
  return draw.defined(({ value }) => value !== null)(pointsOf(rows, series)) ?? '';
}

/** What lies between a series and the ground. */
export function areaPath(rows: readonly ChartRow[], series: ChartSeries, axis: ValueAxis): string {
  const draw = area<Point>(
    ({ index }) => across(index, rows.length),
    100,
    ({ value }) => down(value ?? 0, axis),
  );
  return draw.defined(({ value }) => value !== null)(pointsOf(rows, series)) ?? '';
}

/** All bars of a series as one path; several series stand side by side in each moment. */
export function barsPath(rows: readonly ChartRow[], name: string, beside: readonly string[], axis: ValueAxis): string {
  const width = Math.min(((1 - BAR_GAP) * 100) / rows.length / beside.length, MOST_BAR_WIDTH);
  const shift = (beside.indexOf(name) - beside.length / 2) * width;
  return rows
    .map((row, index) => {
      const value = row[name] ?? 0;
      if (value <= 0) return '';
      return `M${rounded(across(index, rows.length) + shift)},100V${down(value, axis)}h${rounded(width)}V100Z`;
    })
    .join('');
}

interface Point {
  index: number;
  value: number | null;
}

function pointsOf(rows: readonly ChartRow[], { name, gaps }: ChartSeries): Point[] {
  const points = rows.map((row, index) => ({ index, value: row[name] ?? null }));
  return gaps ? points : points.filter(({ value }) => value !== null);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
