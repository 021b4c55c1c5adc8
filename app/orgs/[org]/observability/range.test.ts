import { describe, expect, test } from 'vitest';
import { choiceSearch, rangesOf, readChoice } from './range';

const NOW = new Date('2026-05-04T10:07:31Z');

describe('the range in an address', () => {
  test.each([
    [{}, '24h'],
    [{ range: '7d' }, '7d'],
    [{ range: 'constructor' }, '24h'],
    [{ range: '__proto__' }, '24h'],
    [{ range: ['1h', '7d'] }, '1h'],
    [{ from: '2026-05-02', to: '2026-05-01' }, '24h'],
    [{ from: 'yesterday', to: '2026-05-01' }, '24h'],
    [{ from: '2026-02-31', to: '2026-13-01' }, '24h'],
  ])('%j shows %s', (query, preset) => {
    expect(readChoice(query).preset).toBe(preset);
  });

  test('comes back as it was written', () => {
    for (const search of ['', '?range=7d', '?from=2026-05-01&to=2026-05-03&compare=1']) {
      expect(choiceSearch(readChoice(Object.fromEntries(new URLSearchParams(search))))).toBe(search);
    }
  });
});

describe('the moments of a range', () => {
  test('end with the last whole step, and the period before ends where it begins', () => {
    const { range, before } = rangesOf(readChoice({ range: '1h' }), NOW);
    expect([range.from, range.to]).toEqual([new Date('2026-05-04T09:07:30Z'), new Date('2026-05-04T10:07:30Z')]);
    expect([before.from, before.to]).toEqual([new Date('2026-05-04T08:07:30Z'), range.from]);
  });

  test('hold both days that were named', () => {
    const { range } = rangesOf(readChoice({ from: '2026-05-01', to: '2026-05-03' }), NOW);
    expect([range.from, range.to, range.step]).toEqual([new Date('2026-05-01'), new Date('2026-05-04'), '1h']);
  });

  test('are never more than 30 days', () => {
    const { range } = rangesOf(readChoice({ from: '2020-01-01', to: '2026-05-03' }), NOW);
    expect((range.to.getTime() - range.from.getTime()) / 86_400_000).toBe(30);
  });
});
