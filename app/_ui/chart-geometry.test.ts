import { describe, expect, test } from 'vitest';
import { across, areaPath, barsPath, type ChartRow, type ChartSeries, linePath, momentMarks, valueAxis } from './chart-geometry';

const series = (more: Partial<ChartSeries> = {}): ChartSeries => ({
  name: 'n',
  label: 'N',
  color: 'accent',
  shape: 'line',
  ...more,
});
const rows = (...values: (number | null)[]): ChartRow[] => values.map((n, index) => ({ at: index * 1_000, n }));
const hundred = { top: 100, marks: [0, 100] };

describe('the axis of values', () => {
  test('goes from nothing to a round number at or above the highest value of all series', () => {
    const both = [series(), series({ name: 'm' })];
    expect(valueAxis([{ at: 0, n: 3, m: 97 }], both, 'ms')).toEqual({ top: 100, marks: [0, 50, 100] });
  });

  test('marks no halves of what is counted', () => {
    expect(valueAxis(rows(0, 1), [series()], 'count')).toEqual({ top: 1, marks: [0, 1] });
  });

  test('stands where nothing was measured, or nothing but nothing', () => {
    for (const none of [rows(), rows(null), rows(0)]) expect(valueAxis(none, [series()], 'count').marks).toEqual([0, 1]);
  });

  test('of a share is always the whole', () => {
    expect(valueAxis(rows(1), [series()], 'percent').top).toBe(100);
  });
});

describe('a line', () => {
  test('breaks at a moment without a value of what is read all the time, and a value alone stays a dot', () => {
    expect(linePath(rows(100, 50, null, 0), series({ gaps: true }), hundred)).toBe('M12.5,0L37.5,50M87.5,100Z');
  });

  test('goes on over a moment without a value otherwise', () => {
    expect(linePath(rows(100, null, 0), series(), hundred)).toBe('M16.67,0L83.33,100');
  });

  test('of nothing is no path', () => {
    expect(linePath(rows(), series(), hundred)).toBe('');
    expect(areaPath(rows(null), series(), hundred)).toBe('');
  });
});

describe('bars', () => {
  test('stand side by side within their moment, and none stands for nothing', () => {
    const both: ChartRow[] = Array.from({ length: 50 }, (_, at) => ({ at, n: at === 0 ? 50 : 0, m: at === 0 ? 100 : null }));
    expect(barsPath(both, 'n', ['n', 'm'], hundred)).toBe('M0.24,100V50h0.76V100Z');
    expect(barsPath(both, 'm', ['n', 'm'], hundred)).toBe('M1,100V0h0.76V100Z');
  });

  test('of few moments are no slabs', () => {
    expect(barsPath(rows(100), 'n', ['n'], hundred)).toBe('M49,100V0h2V100Z');
  });
});

test('moments are marked evenly, at most as many as asked for, away from both ends', () => {
  expect(momentMarks(60, 8)).toEqual([3, 11, 19, 27, 35, 43, 51, 59]);
  expect(momentMarks(3, 8)).toEqual([0, 1, 2]);
  expect(momentMarks(0, 8)).toEqual([]);
  expect(across(0, 4)).toBe(12.5);
});
