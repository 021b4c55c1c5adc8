'use client';

import { TriangleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useCallback, useRef } from 'react';
import { Note } from '@/app/_ui/note';
import { asApiError } from '@/lib/api-client/api-error';
import { sandboxApi } from '@/lib/api-client/sandbox-api';
import { useLive } from './use-live';

interface LiveStatusProps {
  orgId: string;
  /** A list of sandboxes, or one. */
  path: string;
  /** The states that the page shows, by id. */
  shown: Record<string, string>;
  /** The page says already that no machine answers: the first answer is news. */
  away?: boolean;
}

interface Told {
  id: string;
  status: string;
}

/** Has the page draw itself anew when the machines tell of another state; says so when they do not answer. */
export function LiveStatus({ orgId, path, shown, away = false }: LiveStatusProps) {
  const router = useRouter();
  const last = useRef<string | null>(null);
  const drawn = JSON.stringify(shown);

  const look = useCallback(async () => {
    const answer = await sandboxApi<Told | Told[]>(orgId, { method: 'GET', path }).catch(refreshIfGone);
    const told = [answer].flat().map(({ id, status }) => [id, status] as const);
    const seen = JSON.stringify(told.toSorted(([a], [b]) => a.localeCompare(b)));
    const now = JSON.parse(drawn) as Record<string, string>;
    const differs = told.some(([id, status]) => now[id] !== undefined && now[id] !== status);
    const changed = last.current !== null && last.current !== seen;
    last.current = seen;
    if (differs || changed || away) router.refresh();

    function refreshIfGone(thrown: unknown): never {
      if (asApiError(thrown).status === 404) router.refresh();
      throw thrown;
    }
  }, [orgId, path, drawn, away, router]);

  const failure = useLive(look);
  if (!failure || failure.status === 404 || away) return null;
  return (
    <Note tone="warn" role="status" icon={<TriangleAlert />} title={failure.message} className="mb-4">
      What stands here is what was last heard. This page goes on asking. {failure.hint}
    </Note>
  );
}
