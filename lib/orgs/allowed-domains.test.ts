import { expect, test } from 'vitest';
import { allowedDomains, domainAdmits } from './allowed-domains';

test('an org without domains takes every address', () => {
  expect(domainAdmits([], 'ada@anywhere.example')).toBe(true);
});

test.each([
  ['ada@example.com', true],
  ['ada@EXAMPLE.com', true],
  ['"a@evil.com"@example.com', true],
  ['ada@sub.example.com', false],
  ['ada@notexample.com', false],
  ['ada@example.com.evil.com', false],
  ['example.com@evil.com', false],
  ['', false],
])('of an org for example.com %s is admitted: %s', (email, admitted) => {
  expect(domainAdmits(['example.com'], email)).toBe(admitted);
});

test('domains are kept in lower case, in order and once', () => {
  expect(allowedDomains.parse([' Example.com', 'acme.io', 'EXAMPLE.COM'])).toEqual(['acme.io', 'example.com']);
});

test.each([
  ['com'],
  ['*.example.com'],
  ['@example.com'],
  ['exa mple.com'],
  ['1.2.3.4'],
  ['-a.com'],
  ['a..com'],
  ['ä.com'],
  ['x'.repeat(260)],
  [''],
])('%s is no domain', (domain) => {
  expect(allowedDomains.safeParse([domain]).success).toBe(false);
});
