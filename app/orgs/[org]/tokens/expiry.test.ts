import { describe, expect, it } from 'vitest';
import { dayFromNow, expiryOf } from './expiry';

const now = new Date(2026, 0, 31, 12);

describe('the expiry of a new token', () => {
  it('never comes when never was chosen', () => expect(expiryOf('never', '', now)).toBeNull());

  it('counts days from now', () => expect(expiryOf('30', '', now)).toEqual(new Date(2026, 2, 2, 12)));

  it('is the end of the day picked', () => expect(expiryOf('date', '2026-02-03', now)).toEqual(new Date(2026, 1, 3, 23, 59, 59)));

  it('offers tomorrow across the end of a month', () => expect(dayFromNow(1, now)).toBe('2026-02-01'));
});
