'use client';

import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { ApiError } from '@/lib/api-client/api-error';
import * as words from '@/messages/sandbox-parts';
import { StillAsking } from './still-asking';
import { useLive } from './use-live';

const TIMEOUT_MS = 15_000;

interface LiveListProps {
  /** The address that tells the states of what the page shows. */
  path: string;
  shown: string;
}

/** Has the list draw itself anew when a state in it is another, or a sandbox came or went; says so when nobody can be asked. */
export function LiveList({ path, shown }: LiveListProps) {
  const router = useRouter();
  const look = useCallback(async () => {
    if ((await askStates(path)) !== shown) router.refresh();
  }, [path, shown, router]);
  const failure = useLive(look);
  return failure && <StillAsking failure={failure} />;
}

/** By the cookie, as the page itself was read. A redirect leads to the sign-in page: the session is over. */
async function askStates(path: string): Promise<string> {
  const answer = await fetch(path, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null);
  if (answer?.ok) return (await answer.json()) as string;
  const over = answer?.type === 'opaqueredirect' || answer?.status === 404;
  throw new ApiError({
    status: answer?.status ?? 0,
    code: 'unreadable_answer',
    message: over ? words.accessEnded : words.unreachable,
    hint: over ? words.accessEndedHint : words.unreachableHint,
  });
}
