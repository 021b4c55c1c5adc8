'use client';

import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import * as words from '@/messages/login-form';
import type { useLogin } from './use-login';

interface LoginProblemProps {
  login: ReturnType<typeof useLogin>;
  email: string;
}

/** Why signing in did not work; an address that waits for its confirmation can have the mail again. */
export function LoginProblem({ login, email }: LoginProblemProps) {
  if (!login.problem) return null;
  const { code, message, hint } = login.problem;
  if (code !== 'email_not_confirmed') return <ErrorNote message={message} hint={hint} />;
  return (
    <div className="flex flex-col gap-2">
      <ErrorNote message={message} hint={hint} />
      <Button pending={login.pending === 'confirmation'} onClick={() => void login.resendConfirmation(email.trim())}>
        {words.sendConfirmation}
      </Button>
    </div>
  );
}
