import { expect, test } from 'vitest';
import { keyReader, type Press } from './read-keys';

const known = (keys: string) => ['?', 'c', 'g m', 'g o'].includes(keys);
const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isTaken: false,
  at: 0,
  ...more,
});

test('two keys in a row mean what they mean together, and only soon after each other', () => {
  const read = keyReader(known);
  expect([read(press('g'), true), read(press('m', { at: 1_000 }), true)]).toEqual([undefined, 'g m']);
  expect([read(press('g'), true), read(press('m', { at: 2_000 }), true)]).toEqual([undefined, undefined]);
  expect([read(press('g'), true), read(press('x'), true), read(press('m'), true)]).toEqual([undefined, undefined, undefined]);
});

test('a key alone means something at once, also after one that means nothing', () => {
  const read = keyReader(known);
  expect([read(press('x'), true), read(press('c'), true), read(press('?'), true)]).toEqual([undefined, 'c', '?']);
});

test.each([
  ['in a field', { isTaken: true }, true],
  ['with a modifier', { altKey: true }, true],
  ['when they are switched off', {}, false],
])('keys without a modifier mean nothing %s', (_where, more, single) => {
  expect(keyReader(known)(press('c', more), single)).toBeUndefined();
});

test('Ctrl-K and Command-K open the palette from everywhere, with single keys switched off too', () => {
  const read = keyReader(known);
  expect(read(press('k', { ctrlKey: true, isTaken: true }), false)).toBe('mod+k');
  expect(read(press('K', { metaKey: true }), true)).toBe('mod+k');
  expect(read(press('k', { ctrlKey: true, metaKey: true }), true)).toBeUndefined();
});
