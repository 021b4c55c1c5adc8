import { expect, test } from 'vitest';
import { signHs256 } from '@/e2e/support/test-project';
import { needsSecondFactor, tokenClaims } from './needs-second-factor';

const token = (claims: object) => signHs256(claims);
const session = (aal: unknown, factors?: { status: string }[] | null) => ({
  access_token: token({ sub: 'someone', aal }),
  user: { factors },
});

test.each([
  ['has a verified factor it has not shown', session('aal1', [{ status: 'verified' }]), true],
  ['has one verified factor among unfinished ones', session('aal1', [{ status: 'unverified' }, { status: 'verified' }]), true],
  ['has a verified factor and a token that says nothing about it', session(undefined, [{ status: 'verified' }]), true],
  ['has shown its factor', session('aal2', [{ status: 'verified' }]), false],
  ['has only an enrolment that was never finished', session('aal1', [{ status: 'unverified' }]), false],
  ['has no factor', session('aal1', []), false],
  ['is of a server that leaves empty lists out', session('aal1'), false],
  ['is of a server that says null', session('aal1', null), false],
  ['carries no user', { access_token: token({ aal: 'aal1' }) }, false],
])('a session that %s', (_name, one, needed) => {
  expect(needsSecondFactor(one)).toBe(needed);
});

test('claims are read from any token, and nothing from what is none', () => {
  expect(tokenClaims(token({ email: 'zoë>>>???@example.com' }))).toEqual({ email: 'zoë>>>???@example.com' });
  for (const broken of ['', 'a.b.c', 'x', `x.${btoa('"text"')}.y`, `x.${btoa('null')}.y`])
    expect(tokenClaims(broken)).toEqual({});
});
