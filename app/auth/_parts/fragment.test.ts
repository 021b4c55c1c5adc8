import { expect, test } from 'vitest';
import { readFragment } from './fragment';

test('C08 an error keeps its codes and loses its description', () => {
  expect(readFragment('#error=access_denied&error_code=otp_expired&error_description=Call+0900&sb=')).toEqual({
    kind: 'error',
    query: 'error=access_denied&error_code=otp_expired',
  });
});

test('C09 tokens of an invited person ask for a password afterwards', () => {
  const fragment = readFragment('#access_token=a&refresh_token=r&type=invite');
  expect(fragment).toEqual({ kind: 'tokens', tokens: { accessToken: 'a', refreshToken: 'r', needsPassword: true } });
});

test.each(['', '#', '#top', '#access_token=only', '#sb='])('%j is nothing of ours', (hash) => {
  expect(readFragment(hash)).toEqual({ kind: 'none' });
});

test('C36 half of an e-mail change is a message, not an error', () => {
  expect(readFragment('#message=Confirmation+link+accepted&sb=')).toEqual({ kind: 'error', query: 'message=1' });
});
