import { expect, test } from 'vitest';
import { below, crumbsOf, folderOf, nameOf, placeSearch, readPath, readText } from './place';

test.each([
  [undefined, '/'],
  ['relative', '/'],
  ['/a/b/', '/a/b'],
  ['/a/../../b/./c', '/b/c'],
  [['/x', '/y'], '/x'],
  [`/${'a'.repeat(5_000)}`, '/'],
])('the address %j names %s', (asked, path) => {
  expect(readPath(asked)).toBe(path);
});

test('a path leads back to each of its folders', () => {
  expect(crumbsOf('/a/b c')).toEqual([
    { name: '/', path: '/' },
    { name: 'a', path: '/a' },
    { name: 'b c', path: '/a/b c' },
  ]);
  expect([below('/', 'a'), below('/a', 'b')]).toEqual(['/a', '/a/b']);
  expect([folderOf('/a'), folderOf('/a/b'), nameOf('/a/b')]).toEqual(['/', '/a', 'b']);
});

test('every name survives the address', () => {
  for (const path of ['/a b&c=d', '/ü/%2f', '/#hash?x']) {
    expect(new URLSearchParams(placeSearch(path)).get('path')).toBe(path);
    expect(new URLSearchParams(placeSearch(path, true)).get('file')).toBe(path);
  }
  expect(placeSearch('/')).toBe('');
});

test('text is shown and bytes are not', () => {
  expect(readText(new TextEncoder().encode('grüß'))).toBe('grüß');
  expect(readText(new Uint8Array([0x50, 0, 1]))).toBeNull();
  expect(readText(new Uint8Array([0xff, 0xfe, 0x41]))).toBeNull();
});
