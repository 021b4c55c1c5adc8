import { expect, test } from 'vitest';
import { NEXT_COOKIE, nextCookie, returnPath } from './remembered-next';

const cookieValue = (cookie: string) => cookie.slice(NEXT_COOKIE.length + 1).split(';')[0];

test('what was remembered is where one returns to', () => {
  expect(returnPath(null, cookieValue(nextCookie('/orgs/acme?tab=1', true)))).toBe('/orgs/acme?tab=1');
});

test('a path in the address goes before a remembered one', () => {
  expect(returnPath('/orgs/now', '/orgs/before')).toBe('/orgs/now');
});

test.each([
  '//evil.example',
  '/%2F%2Fevil.example',
  '%2F%2Fevil.example',
  '%5C%5Cevil',
  'https%3A%2F%2Fevil.example',
  '%',
  '/auth/sign-out',
])('a planted "%s" leads home', (planted) => {
  expect(returnPath(null, planted)).toBe('/');
});

test('going home remembers nothing, and forgets what an earlier link remembered', () => {
  expect(nextCookie('/', false)).toContain('Max-Age=0');
  expect(nextCookie('//evil.example', false)).toContain('Max-Age=0');
});

test('is sent to /auth alone, and over https only where there is https', () => {
  expect(nextCookie('/orgs/acme', true)).toMatch(/; Path=\/auth; .*; Secure$/);
  expect(nextCookie('/orgs/acme', false)).not.toContain('Secure');
});
