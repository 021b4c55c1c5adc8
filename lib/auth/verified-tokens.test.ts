import { afterEach, expect, test, vi } from 'vitest';
import { forgetVerified, recallVerified, rememberVerified } from './verified-tokens';

const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;
afterEach(() => {
  forgetVerified();
  vi.useRealTimers();
});

test('a signature is remembered for half a minute, and no longer than its token lives', () => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  rememberVerified('long', { exp: inAnHour() });
  rememberVerified('short', { exp: Math.floor(Date.now() / 1000) + 10 });
  vi.advanceTimersByTime(9_999);
  expect([recallVerified('long'), recallVerified('short')]).toEqual([expect.anything(), expect.anything()]);
  vi.advanceTimersByTime(2);
  expect(recallVerified('short')).toBeUndefined();
  vi.advanceTimersByTime(20_000);
  expect(recallVerified('long')).toBeUndefined();
});

test('one byte more is another token, and forgetting forgets all', () => {
  rememberVerified('token', { exp: inAnHour() });
  expect(recallVerified('token.')).toBeUndefined();
  forgetVerified();
  expect(recallVerified('token')).toBeUndefined();
});

test('ten thousand are kept, the oldest goes first', () => {
  for (let i = 0; i <= 10_000; i++) rememberVerified(`token ${i}`, { exp: inAnHour() });
  expect(recallVerified('token 0')).toBeUndefined();
  expect(recallVerified('token 1')).toBeDefined();
  expect(recallVerified('token 10000')).toBeDefined();
});
