'use client';

import { lazy, Suspense, startTransition, useState } from 'react';
import { ErrorNote } from '@/app/_ui/error-note';
import * as words from '@/messages/login-form';
import { Or } from '../auth/_parts/or';
import { type Provider, ProviderButtons } from '../auth/_parts/provider-buttons';
import { WayButton } from '../auth/_parts/way-button';
import { EmailLogin } from './email-login';
import { useLogin } from './use-login';

// What most people here never come to.
const CheckMail = lazy(() => import('../auth/_parts/check-mail').then(({ CheckMail }) => ({ default: CheckMail })));
const SsoLogin = lazy(() => import('./sso-login').then(({ SsoLogin }) => ({ default: SsoLogin })));

interface LoginFormProps {
  next: string;
  providers: readonly Provider[];
  emailEnabled: boolean;
  ssoEnabled: boolean;
  /** An invitation waits in this browser, so whoever has the mailbox may have an account made by the link. */
  linkMakesAccount: boolean;
  forgotHref: string;
}

/** Only the ways in that the auth server offers. */
export function LoginForm({ next, providers, emailEnabled, ssoEnabled, linkMakesAccount, forgotHref }: LoginFormProps) {
  const login = useLogin(next, linkMakesAccount);
  const [bySso, setBySso] = useState(false);
  if (bySso) {
    return (
      <Suspense>
        <SsoLogin next={next} onBack={() => setBySso(false)} />
      </Suspense>
    );
  }
  if (login.sent) {
    const sentLink = linkMakesAccount ? words.sentLinkOrAccount : words.sentLink;
    return (
      <Suspense>
        <CheckMail
          email={login.sent.to}
          text={login.sent.what === 'link' ? sentLink : words.sentConfirmation}
          onCode={login.signInWithCode}
          onResend={login.sendAgain}
          onBack={login.startOver}
        />
      </Suspense>
    );
  }
  const otherWays = providers.length > 0 || ssoEnabled;
  return (
    <div className="flex flex-col gap-4">
      {otherWays && (
        <div className="flex flex-col gap-2.5">
          <ProviderButtons providers={providers} next={next} onProblem={login.tell} />
          {ssoEnabled && (
            <WayButton way="sso" onClick={() => startTransition(() => setBySso(true))}>
              {words.continueWithSso}
            </WayButton>
          )}
        </div>
      )}
      {otherWays && emailEnabled && <Or />}
      {login.problem && !emailEnabled && <ErrorNote message={login.problem.message} hint={login.problem.hint} />}
      {emailEnabled && <EmailLogin login={login} forgotHref={forgotHref} />}
    </div>
  );
}
