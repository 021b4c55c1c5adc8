import { describe, expect, it } from 'vitest';
import { rotation } from '@/lib/tokens/rotate-token';
import { minuteFromNow, OVERLAP_CHOICES, overlapOf } from './overlap';

const now = new Date(2026, 0, 31, 23, 50);

describe('the overlap of a rotation', () => {
  it('counts seconds', () => expect(overlapOf('3600', '')).toEqual({ overlap_seconds: 3600 }));

  it('ends at the moment picked where the person is', () =>
    expect(overlapOf('moment', '2026-02-03T10:30')).toEqual({
      previous_expires_at: new Date(2026, 1, 3, 10, 30).toISOString(),
    }));

  it('offers a minute across the end of a month', () => expect(minuteFromNow(15, now)).toBe('2026-02-01T00:05'));

  it.each(OVERLAP_CHOICES.filter(({ value }) => value !== 'moment'))('offers only what the API takes: $label', ({ value }) =>
    expect(rotation.safeParse(overlapOf(value, '')).success).toBe(true),
  );
});
