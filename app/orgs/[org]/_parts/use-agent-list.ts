'use client';

import { useCallback, useEffect, useState } from 'react';
import { type ApiError, asApiError } from '@/lib/api-client/api-error';
import { sandboxApi } from '@/lib/api-client/sandbox-api';

interface AgentList<Item> {
  /** Null until it was answered. */
  items: Item[] | null;
  error: ApiError | null;
  reload: () => void;
}

/** What the machines have, as one list; only they know it, so the page that shows it asks for it. */
export function useAgentList<Item>(orgId: string, path: string): AgentList<Item> {
  const [items, setItems] = useState<Item[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    let left = false;
    sandboxApi<Item[]>(orgId, { method: 'GET', path }).then(
      (answer) => {
        if (left) return;
        setItems(answer);
        setError(null);
      },
      (thrown: unknown) => !left && setError(asApiError(thrown)),
    );
    return () => {
      left = true;
    };
  }, [orgId, path, round]);

  return { items, error, reload: useCallback(() => setRound((last) => last + 1), []) };
}
