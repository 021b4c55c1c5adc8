import { expect, test } from 'vitest';
import { endWords } from './end-words';

test.each([
  [1001, 'This server is stopping'],
  [1008, 'Your access to this organization has ended'],
  [1014, 'The machine of this sandbox does not answer any more'],
  [1006, 'The connection broke off'],
  [1011, 'The connection broke off'],
])('a close with %d reads "%s"', (code, why) => {
  expect(endWords(code, null)).toMatchObject({ why, expected: false });
});

test('a shell that ended by itself is told with its exit code, however the connection was closed', () => {
  expect(endWords(1006, 3)).toMatchObject({ why: 'The shell ended with exit code 3', expected: true });
});
