import { describe, expect, test } from 'vitest';
import { safeNext, withNext } from './safe-next';

const REFUSED: [name: string, value: unknown][] = [
  ['another origin', 'https://evil.test'],
  ['another origin without slashes', 'https:evil.test'],
  ['http without slashes', 'http:evil'],
  ['one slash after the scheme', 'https:/evil.test'],
  ['protocol-relative', '//evil.test'],
  ['three slashes', '///evil.test'],
  ['backslash as a slash', '/\\evil.test'],
  ['two backslashes', '\\\\evil.test'],
  ['backslash later on', '/orgs\\..\\..\\evil'],
  ['encoded slashes', '/%2F%2Fevil.test'],
  ['encoded backslash', '/%5Cevil.test'],
  ['tab before the slashes', '\t//evil.test'],
  ['tab after the first slash', '/\t/evil.test'],
  ['newline after the first slash', '/\n/evil.test'],
  ['leading space', ' /orgs/acme'],
  ['climbing out', '/..//evil.test'],
  ['climbing out of a known route', '/orgs/../..//evil.test'],
  ['double slash inside a known route', '/orgs//evil.test'],
  ['script', 'javascript:alert(1)'],
  ['data', 'data:text/html,<script>1</script>'],
  ['user info', '@evil.test'],
  ['user info after a slash', '/@evil.test'],
  ['header injection', '/%0d%0aSet-Cookie:x=1'],
  ['header injection, raw', '/orgs/acme\r\nSet-Cookie: x=1'],
  ['NUL', '/orgs/acme\0'],
  ['division slash U+2215', '/\u2215evil.test'],
  ['fullwidth slash U+FF0F', '\uff0f\uff0fevil.test'],
  ['4 KB', `/orgs/${'a'.repeat(4_096)}`],
  ['the callback itself', '/auth/callback?next=/auth/callback'],
  ['the callback with a code', '/auth/callback?code=1'],
  ['sign-out', '/auth/sign-out'],
  ['log-in', '/login?next=/login'],
  ['sign-up', '/signup'],
  ['the API', '/v1/me'],
  ['an API of old', '/api/logout'],
  ['static files', '/_next/static/x.js'],
  ['an invite with its secret', '/invite/qwertyuiopasdfghjklzxcvbnm'],
  ['a fragment', '/orgs/acme#access_token=x'],
  ['a second question mark', '/orgs/acme?a=?b'],
  ['a relative path', 'orgs/acme'],
  ['an empty string', ''],
  ['nothing', undefined],
  ['null', null],
  ['an array', ['/orgs/acme', '/orgs/b']],
  ['an object', { toString: () => '/orgs/acme' }],
];

const KEPT = [
  '/',
  '/orgs',
  '/orgs/acme',
  '/orgs/acme/members',
  '/orgs/acme/audit-log?actor=a%40b.test&from=2026-01-01',
  '/orgs/5f0c3a52-9f1e-4a55-9f5a-0d9a0b0c0d0e/tokens',
  '/invite/continue',
  '/account',
  '/auth/set-password',
];

describe('safeNext', () => {
  test.each(REFUSED)('C12 refuses %s', (_name, value) => {
    expect(safeNext(value)).toBe('/');
  });

  test.each(KEPT)('C12 keeps %s', (path) => {
    expect(safeNext(path)).toBe(path);
  });

  test('C12 what it keeps stays on the same origin however a browser resolves it', () => {
    for (const path of KEPT) expect(new URL(safeNext(path), 'https://dash.example').origin).toBe('https://dash.example');
  });
});

describe('withNext', () => {
  test('carries a safe path on, encoded', () => {
    expect(withNext('/login', '/orgs/acme?tab=1', { reason: 'signed_out' })).toBe(
      '/login?reason=signed_out&next=%2Forgs%2Facme%3Ftab%3D1',
    );
  });

  test('C12 drops what safeNext refuses', () => {
    expect(withNext('/login', '//evil.test')).toBe('/login');
  });
});
