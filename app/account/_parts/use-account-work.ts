'use client';

import { useRef, useState } from 'react';
import type { BrowserAuth } from '@/lib/supabase/browser-client';
import type { AuthProblem } from '../../auth/_parts/auth-problem';
import { enter, useAuth } from '../../auth/_parts/use-auth';
import { accountProblem, detourOf } from './account-problem';

/** An error that a ConfirmDialog can show. */
class AccountError extends Error {
  readonly hint: string | undefined;

  constructor({ message, hint }: AuthProblem) {
    super(message);
    this.hint = hint;
  }
}

/** One change to the account at a time; what stands against it, and the ways out when the session itself is the matter. */
export function useAccountWork() {
  const { auth, callbackUrl } = useAuth();
  const running = useRef(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<AuthProblem | null>(null);

  /** Does the work and throws words for a dialog; leaves the page when a sign-in or a second factor is owed. */
  async function attempt(work: (auth: BrowserAuth) => Promise<void>): Promise<void> {
    try {
      await work(await auth());
    } catch (error) {
      await leaveIfOwed(auth, error);
      throw new AccountError(accountProblem(error));
    }
  }

  /** Does the work and keeps the problem for the page to show. */
  async function run(work: (auth: BrowserAuth) => Promise<void>): Promise<void> {
    if (running.current) return;
    running.current = true;
    setPending(true);
    setProblem(null);
    try {
      await work(await auth());
    } catch (error) {
      await leaveIfOwed(auth, error);
      setProblem(accountProblem(error));
    }
    running.current = false;
    setPending(false);
  }

  return { auth, callbackUrl, pending, problem, run, attempt };
}

async function leaveIfOwed(auth: () => Promise<BrowserAuth>, error: unknown): Promise<void> {
  const detour = detourOf(error);
  const next = encodeURIComponent(`${window.location.pathname}${window.location.search}`);
  if (detour === 'second_factor') enter(`/mfa?next=${next}`);
  if (detour !== 'sign_in') return;
  // The cookies must go first: with them the sign-in page would take the person for signed in.
  await (await auth()).signOut({ scope: 'local' }).catch(() => undefined);
  enter(`/login?reason=session_revoked&next=${next}`);
}
