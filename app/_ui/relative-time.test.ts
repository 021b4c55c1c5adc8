import { expect, test } from 'vitest';
import { relativeWords } from './relative-time';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const DAY = 86_400;

test.each([
  [0, 'just now'],
  [-59, 'just now'],
  [30, 'in a moment'],
  [-90, '1 minute ago'],
  [-2 * 3600 - 3599, '2 hours ago'],
  [-DAY, 'yesterday'],
  [-6.9 * DAY, '6 days ago'],
  [7 * DAY - 5, 'in 7 days'],
  [-400 * DAY, 'last year'],
])('%d seconds from now reads "%s"', (seconds, words) => {
  expect(relativeWords(new Date(NOW + seconds * 1000), NOW)).toBe(words);
});
