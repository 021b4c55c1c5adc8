import type { Point } from '@/lib/metrics/series';

/**
 * What a growing counter gained a second at each step. Null at the first reading after a gap and where the counter began anew:
 * neither says when the bytes went through.
 */
export function ratesOf(points: readonly Point[], stepSeconds: number): Point[] {
  return points.map(([bucket, value], index) => {
    const before = points[index - 1]?.[1] ?? null;
    const known = value !== null && before !== null && value >= before;
    return [bucket, known ? (value - before) / stepSeconds : null];
  });
}
