import { describe, expect, it } from 'vitest';
import { rangeOf, readUsageChoice, usageSearch } from './usage-choice';

const NOON = new Date('2026-03-10T12:00:00Z');
const days = (query: Record<string, string>) => {
  const { from, to } = rangeOf(readUsageChoice(query), NOON);
  return [from, to].map((day) => day.toISOString().slice(0, 10));
};

describe('the range of the usage page', () => {
  it('is thirty days with today in them where nothing is asked', () => expect(days({})).toEqual(['2026-02-09', '2026-03-11']));
  it('is that of a preset', () => expect(days({ range: '7d' })).toEqual(['2026-03-04', '2026-03-11']));
  it('holds both days of one’s own', () =>
    expect(days({ from: '2026-01-01', to: '2026-01-31' })).toEqual(['2026-01-01', '2026-02-01']));
  it('is at most a year', () => expect(days({ from: '2020-01-01', to: '2026-01-31' })).toEqual(['2025-01-31', '2026-02-01']));
  it('forgives what means nothing', () => {
    const queries: Record<string, string>[] = [
      { range: 'toString' },
      { from: '2026-02-31x' },
      { from: '2026-02-02', to: '2026-02-01' },
    ];
    for (const query of queries) expect(readUsageChoice(query).preset).toBe('30d');
  });
  it('is written as it is read', () => {
    for (const query of ['', '?range=7d', '?from=2026-01-01&to=2026-01-31'])
      expect(usageSearch(readUsageChoice(Object.fromEntries(new URLSearchParams(query))))).toBe(query);
  });
});
