import { expect, test } from 'vitest';
import { bootWords, durationWords, lifetimeOf, lifetimeWords, sizeWords } from './words';

test.each([
  [1, '1 second'],
  [90, '90 seconds'],
  [300, '5 minutes'],
  [3_600, '1 hour'],
  [86_400, '1 day'],
])('%d seconds read "%s"', (seconds, words) => {
  expect(durationWords(seconds)).toBe(words);
});

test('a size, a boot and a lifetime are told with their units', () => {
  expect(sizeWords({ cpu: 1, memoryMb: 512 })).toBe('1 CPU, 512 MiB');
  expect(sizeWords({ cpu: 2, memoryMb: 1_536 })).toBe('2 CPUs, 1.5 GiB');
  expect([bootWords(84), bootWords(1_240)]).toEqual(['84 ms', '1.2 s']);
  expect(lifetimeWords({ persistent: true, ttlSeconds: 300 })).toBe('kept until ended');
  expect(lifetimeWords({ persistent: false, ttlSeconds: 300 })).toBe('ends after 5 minutes idle');
});

test('a sandbox that is kept has no idle time', () => {
  expect(lifetimeOf('keep')).toEqual({ persistent: true });
  expect(lifetimeOf('300')).toEqual({ persistent: false, ttl_seconds: 300 });
});
