import * as words from '@/messages/auth-fields';

/** What went wrong with an auth call, in words and with a next step. */
export interface AuthProblem {
  code: string;
  message: string;
  hint?: string;
}

/** The problem behind an error of the auth library. The words are loaded when there is one. */
export async function authProblem(error: unknown): Promise<AuthProblem> {
  try {
    const { describeAuthProblem } = await import('./describe-auth-problem');
    return describeAuthProblem(error);
  } catch {
    return { code: 'unreachable', message: words.lostServer, hint: words.lostServerHint };
  }
}
