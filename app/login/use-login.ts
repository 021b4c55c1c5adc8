'use client';

import { useState } from 'react';
import { type AuthProblem, authProblem } from '../auth/_parts/auth-problem';
import { enter, refuseInsecurePage, useAuth } from '../auth/_parts/use-auth';

type Way = 'password' | 'link';

/** The ways into an account by e-mail, and how far the person has come with them. */
export function useLogin(next: string) {
  const { auth, callbackUrl } = useAuth();
  const [pending, setPending] = useState<Way | null>(null);
  const [problem, setProblem] = useState<AuthProblem | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);

  async function run(way: Way, work: () => Promise<void>) {
    if (pending) return;
    setPending(way);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(authProblem(error));
      setPending(null);
    }
  }

  async function sendLink(email: string) {
    refuseInsecurePage();
    const options = { shouldCreateUser: false, emailRedirectTo: callbackUrl(next) };
    const { error } = await auth().signInWithOtp({ email, options });
    // "No such account" must look like a mail that was sent.
    if (error && !['otp_disabled', 'user_not_found', 'signup_disabled'].includes(error.code ?? '')) throw error;
  }

  return {
    pending,
    problem,
    sentTo,
    tell: (error: unknown) => setProblem(authProblem(error)),
    startOver: () => setSentTo(null),
    signInWithPassword: (email: string, password: string) =>
      run('password', async () => {
        const { error } = await auth().signInWithPassword({ email, password });
        if (error) throw error;
        enter(next);
      }),
    mailLink: (email: string) =>
      run('link', async () => {
        await sendLink(email);
        setSentTo(email);
        setPending(null);
      }),
    sendAgain: () => sendLink(sentTo ?? ''),
    signInWithCode: async (token: string) => {
      const { error } = await auth().verifyOtp({ email: sentTo ?? '', token, type: 'email' });
      if (error) throw error;
      enter(next);
    },
  };
}
