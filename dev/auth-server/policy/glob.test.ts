import { expect, it } from 'vitest';
import { compileGlob } from './glob';

it.each([
  ['https://*.example.com/**', 'https://a.example.com/x/y.z', true],
  ['https://*.example.com/**', 'https://a.b.example.com/x', false],
  ['https://*.example.com/*', 'https://a.example.com/x/y', false],
  ['https://example.com/?', 'https://example.com/a', true],
  ['https://example.com/?', 'https://example.com//', false],
  ['https://example.com/[ab]', 'https://example.com/b', true],
  ['https://example.com/[!ab]', 'https://example.com/b', false],
  ['https://example.com/[a-c]', 'https://example.com/c', true],
  ['https://{app,www}.example.com', 'https://www.example.com', true],
  ['https://{app,www}.example.com', 'https://api.example.com', false],
  ['https://example.com/a,b', 'https://example.com/a,b', true],
  ['https://example.com/\\*', 'https://example.com/*', true],
  ['https://example.com/\\*', 'https://example.com/x', false],
  ['https://example.com/x', 'https://exampleXcom/x', false],
  ['https://example.com/x', 'https://example.com/xy', false],
])('%s matches %s: %s', (pattern, text, expected) => {
  expect(compileGlob(pattern).test(text)).toBe(expected);
});
