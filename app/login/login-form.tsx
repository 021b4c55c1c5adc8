'use client';

import { ErrorNote } from '@/app/_ui/error-note';
import { CheckMail } from '../auth/_parts/check-mail';
import { EmailLogin } from './email-login';
import { Or } from './or';
import { ProviderButtons } from './provider-buttons';
import { useLogin } from './use-login';

interface LoginFormProps {
  next: string;
  providers: readonly string[];
  emailEnabled: boolean;
  forgotHref: string;
}

const SENT = 'If it has an account here, a sign-in link is on its way. Open the link in this browser.';

/** Only the ways in that the auth server offers. */
export function LoginForm({ next, providers, emailEnabled, forgotHref }: LoginFormProps) {
  const login = useLogin(next);
  if (login.sentTo) {
    return (
      <CheckMail
        email={login.sentTo}
        text={SENT}
        onCode={login.signInWithCode}
        onResend={login.sendAgain}
        onBack={login.startOver}
      />
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <ProviderButtons providers={providers} next={next} onProblem={login.tell} />
      {providers.length > 0 && emailEnabled && <Or />}
      {login.problem && <ErrorNote message={login.problem.message} hint={login.problem.hint} />}
      {emailEnabled && <EmailLogin login={login} forgotHref={forgotHref} />}
    </div>
  );
}
