import { expect, test } from 'vitest';
import type { Point } from '@/lib/metrics/series';
import { ratesOf } from './rates';

const values = (readings: (number | null)[]) =>
  ratesOf(
    readings.map((value, index): Point => [String(index), value]),
    60,
  ).map(([, rate]) => rate);

test('a counter is told as what it gained a second', () => {
  expect(values([0, 600, 600, 1_200])).toEqual([null, 10, 0, 10]);
});

test('a gap and a counter that began anew have no rate', () => {
  expect(values([600, null, 1_200, 1_800, 60])).toEqual([null, null, null, 10, null]);
});
