'use client';

import { useEffect, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import { FocusPage } from '@/app/_ui/focus-page';
import { LoadingRegion } from '@/app/_ui/loading-region';
import { Skeleton } from '@/app/_ui/skeleton';
import { withNext } from '@/lib/page/safe-next';
import * as words from '@/messages/finish-sign-in';
import { type AuthProblem, authProblem } from '../_parts/auth-problem';
import { type FragmentTokens, readFragment } from '../_parts/fragment';
import { enter, enterSignedIn, useAuth } from '../_parts/use-auth';

interface Arrival extends FragmentTokens {
  email: string;
}

/**
 * Asks before it signs in: tokens in a link may be anybody's, and a person who works in a stranger's account without
 * noticing has been robbed. The address comes from the auth server, not from the link.
 */
export function FinishSignIn({ next }: { next: string }) {
  const { auth } = useAuth();
  const [arrival, setArrival] = useState<Arrival | null>(null);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<AuthProblem | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the fragment is read once, when the page arrives
  useEffect(() => {
    const fragment = readFragment(window.location.hash);
    if (fragment.kind === 'error')
      return window.location.replace(`/auth/callback?${fragment.query}&next=${encodeURIComponent(next)}`);
    if (fragment.kind === 'none') {
      // Development runs effects twice; the second time the fragment is gone because the first one took it.
      if (!taken) window.location.replace(`/auth/error?reason=malformed&next=${encodeURIComponent(next)}`);
      return;
    }
    taken = true;
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    void lookUp(fragment.tokens);
  }, []);

  async function lookUp(tokens: FragmentTokens) {
    try {
      const { data, error } = await (await auth()).getUser(tokens.accessToken);
      if (error) throw error;
      setArrival({ ...tokens, email: data.user.email ?? words.noAddress });
    } catch (error) {
      setProblem(await authProblem(error));
    }
  }

  async function carryOn({ accessToken, refreshToken, needsPassword }: Arrival) {
    if (pending) return;
    setPending(true);
    try {
      const { data, error } = await (await auth()).setSession({ access_token: accessToken, refresh_token: refreshToken });
      if (!data.session) throw error;
      enterSignedIn(data.session, needsPassword ? withNext('/auth/set-password', next) : next);
    } catch (error) {
      setProblem(await authProblem(error));
      setPending(false);
    }
  }

  return (
    <FocusPage title={words.title} description={arrival && words.signsInAs(arrival.email)}>
      {problem && <ErrorNote className="mb-4" message={problem.message} hint={problem.hint} />}
      {arrival && (
        <div className="flex flex-col gap-2">
          <Button variant="primary" size="lg" pending={pending} onClick={() => void carryOn(arrival)}>
            {words.goOn}
          </Button>
          <Button variant="ghost" size="lg" onClick={() => enter('/')}>
            {words.notMe}
          </Button>
        </div>
      )}
      {!arrival && !problem && (
        <LoadingRegion className="flex flex-col gap-2">
          <Skeleton className="w-56" />
          <Skeleton className="h-8 w-40" />
        </LoadingRegion>
      )}
      {problem && !arrival && (
        <Button variant="primary" onClick={() => enter('/login')}>
          {words.signIn}
        </Button>
      )}
    </FocusPage>
  );
}

let taken = false;
