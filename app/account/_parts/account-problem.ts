import { problems } from '@/messages/account-problems';
import type { AuthProblem } from '../../auth/_parts/auth-problem';
import { describeAuthProblem } from '../../auth/_parts/describe-auth-problem';

/** The problem behind an error of what a signed-in person did to their account, in words. */
export function accountProblem(error: unknown): AuthProblem {
  const problem = describeAuthProblem(error);
  const words = Object.hasOwn(problems, problem.code) ? problems[problem.code] : undefined;
  return words ? { code: problem.code, ...words } : problem;
}

/** Codes that say that the session is over, whatever was asked. */
const ENDED = new Set(['session_not_found', 'session_expired', 'user_not_found', 'bad_jwt', 'no_authorization']);

/** Where the person must go before anything else; undefined when the problem can be told where it happened. */
export function detourOf(error: unknown): 'second_factor' | 'sign_in' | undefined {
  const { code } = describeAuthProblem(error);
  if (code === 'insufficient_aal') return 'second_factor';
  const missing = error instanceof Error && error.name === 'AuthSessionMissingError';
  return missing || ENDED.has(code) ? 'sign_in' : undefined;
}
