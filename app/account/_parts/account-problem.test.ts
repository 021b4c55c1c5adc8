import { expect, test } from 'vitest';
import { accountProblem, detourOf } from './account-problem';

const error = (code: string, name = 'AuthApiError') => Object.assign(new Error('the words of the server'), { code, name });

test.each([
  ['mfa_verification_failed', 'That code is not right'],
  ['mfa_challenge_expired', 'That took too long'],
  ['over_request_rate_limit', 'Too many attempts'],
  ['manual_linking_disabled', 'Linking accounts is switched off here'],
  ['single_identity_not_deletable', 'This is your only way in'],
  ['same_password', 'That is your present password'],
  ['current_password_invalid', 'That is not your present password'],
  ['reauthentication_not_valid', 'That code is wrong or too old'],
  ['constructor', 'That did not work'],
  ['never_heard_of', 'That did not work'],
])('%s is told as "%s"', (code, message) => {
  expect(accountProblem(error(code))).toMatchObject({ code, message });
});

test('an auth server that is away is told as that', () => {
  expect(accountProblem(error('', 'AuthRetryableFetchError')).message).toBe('The sign-in service cannot be reached');
});

test("the server's own text is never shown", () => {
  expect(JSON.stringify(accountProblem(error('x')))).not.toContain('the words of the server');
});

test.each([
  ['a missing second factor leads to the challenge', error('insufficient_aal'), 'second_factor'],
  ['a session that was ended leads to the sign-in', error('session_not_found'), 'sign_in'],
  ['a session that is not there leads to the sign-in', error('', 'AuthSessionMissingError'), 'sign_in'],
  ['a wrong code leads nowhere', error('mfa_verification_failed'), undefined],
  ['an outage leads nowhere', error('', 'AuthRetryableFetchError'), undefined],
])('%s', (_name, problem, detour) => {
  expect(detourOf(problem)).toBe(detour);
});
