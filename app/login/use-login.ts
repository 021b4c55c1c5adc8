'use client';

import { startTransition, useState } from 'react';
import { type AuthProblem, authProblem } from '../auth/_parts/auth-problem';
import { enterSignedIn, refuseInsecurePage, useAuth } from '../auth/_parts/use-auth';
import { rememberWay } from '../auth/_parts/use-last-way';

type Work = 'password' | 'link' | 'confirmation';

/** The ways into an account by e-mail, and how far the person has come with them. */
export function useLogin(next: string, linkMakesAccount: boolean) {
  const { auth, callbackUrl } = useAuth();
  const [pending, setPending] = useState<Work | null>(null);
  const [problem, setProblem] = useState<AuthProblem | null>(null);
  const [sent, setSent] = useState<{ what: 'link' | 'confirmation'; to: string } | null>(null);

  async function run(what: Work, work: () => Promise<void>) {
    if (pending) return;
    setPending(what);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(await authProblem(error));
      setPending(null);
    }
  }

  async function send(what: 'link' | 'confirmation', email: string) {
    refuseInsecurePage();
    const emailRedirectTo = callbackUrl(next);
    const { error } =
      what === 'link'
        ? await (await auth()).signInWithOtp({ email, options: { shouldCreateUser: linkMakesAccount, emailRedirectTo } })
        : await (await auth()).resend({ type: 'signup', email, options: { emailRedirectTo } });
    // "No such account" must look like a mail that was sent.
    if (error && !['otp_disabled', 'user_not_found', 'signup_disabled'].includes(error.code ?? '')) throw error;
  }

  const sendFirst = (what: 'link' | 'confirmation', email: string) =>
    run(what, async () => {
      await send(what, email);
      if (what === 'link') rememberWay('link');
      // What comes next is loaded first; until it is there this stays.
      startTransition(() => {
        setSent({ what, to: email });
        setPending(null);
      });
    });

  return {
    pending,
    problem,
    sent,
    tell: (error: unknown) => void authProblem(error).then(setProblem),
    startOver: () => setSent(null),
    signInWithPassword: (email: string, password: string) =>
      run('password', async () => {
        const { data, error } = await (await auth()).signInWithPassword({ email, password });
        if (error) throw error;
        rememberWay('password');
        enterSignedIn(data.session, next);
      }),
    mailLink: (email: string) => sendFirst('link', email),
    resendConfirmation: (email: string) => sendFirst('confirmation', email),
    sendAgain: () => (sent ? send(sent.what, sent.to) : Promise.resolve()),
    signInWithCode: async (token: string) => {
      const { data, error } = await (await auth()).verifyOtp({ email: sent?.to ?? '', token, type: 'email' });
      if (error) throw error;
      if (data.session) enterSignedIn(data.session, next);
    },
  };
}
