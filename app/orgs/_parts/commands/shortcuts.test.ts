import { expect, test } from 'vitest';
import { GO, GO_PREFIX, PALETTE_KEY, SINGLE, singleAct } from './shortcuts';

test('no two pages share a key, and each is a single small letter', () => {
  const keys = Object.values(GO);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.filter((key) => !/^[a-z]$/.test(key))).toEqual([]);
});

test('what is pressed alone does not begin a sequence', () => {
  expect(Object.keys(SINGLE)).not.toContain(GO_PREFIX);
  expect(singleAct(GO_PREFIX)).toBeUndefined();
});

test('a key that only the prototype knows does nothing', () => {
  expect([singleAct('constructor'), singleAct('c'), singleAct(PALETTE_KEY)]).toEqual([undefined, 'create', 'previous-row']);
});
