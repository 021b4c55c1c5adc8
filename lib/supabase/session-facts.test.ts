import { expect, test } from 'vitest';
import { signHs256 } from '@/e2e/support/test-project';
import { sessionFacts } from './session-facts';

const facts = (amr: unknown) => sessionFacts(signHs256({ amr }));
const AT = 1_790_000_000;

test('a session began with its first proof, and names its proofs in that order', () => {
  const amr = [
    { method: 'totp', timestamp: AT + 60 },
    { method: 'password', timestamp: AT },
  ];
  expect(facts(amr)).toEqual({ since: new Date(AT * 1000), methods: ['password', 'totp'] });
});

test('two proofs of one kind are named once', () => {
  const amr = [
    { method: 'totp', timestamp: AT + 9 },
    { method: 'totp', timestamp: AT + 5 },
    { method: 'otp', timestamp: AT },
  ];
  expect(facts(amr).methods).toEqual(['otp', 'totp']);
});

test.each([
  ['plain strings, as a hook may write them', ['totp', 'password'], { since: null, methods: ['password', 'totp'] }],
  ['nothing', undefined, { since: null, methods: [] }],
  ['something else', { method: 'password' }, { since: null, methods: [] }],
  ['strange entries', [null, 7, {}, { method: 7 }, { method: 'otp', timestamp: 'now' }], { since: null, methods: ['otp'] }],
  ['a time that is none', [{ method: 'otp', timestamp: 1e300 }], { since: null, methods: ['otp'] }],
])('a token whose amr is %s', (_name, amr, expected) => {
  expect(facts(amr)).toEqual(expected);
});
