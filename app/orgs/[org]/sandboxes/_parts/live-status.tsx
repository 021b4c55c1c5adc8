'use client';

import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { asApiError } from '@/lib/api-client/api-error';
import { sandboxApi, sandboxPath } from '@/lib/api-client/sandbox-api';
import { StillAsking } from './still-asking';
import { useLive } from './use-live';

interface LiveStatusProps {
  orgId: string;
  sandboxId: string;
  /** As the page shows it. */
  status: string;
  /** The page says already that no machine answers: any answer is news. */
  away: boolean;
}

/** Has the page of a sandbox draw itself anew when its machine tells of another state; says so when that does not answer. */
export function LiveStatus({ orgId, sandboxId, status, away }: LiveStatusProps) {
  const router = useRouter();

  const look = useCallback(async () => {
    try {
      const told = await sandboxApi<{ status: string }>(orgId, { method: 'GET', path: sandboxPath(sandboxId) });
      if (told.status !== status || away) router.refresh();
    } catch (thrown) {
      if (asApiError(thrown).status !== 404) throw thrown;
      router.refresh();
    }
  }, [orgId, sandboxId, status, away, router]);

  const failure = useLive(look);
  return failure && !away ? <StillAsking failure={failure} /> : null;
}
