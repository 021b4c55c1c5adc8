'use client';

import { useEffect, useState } from 'react';
import { type ApiError, asApiError } from '@/lib/api-client/api-error';

const PAUSE_MS = 200;
const SHORTEST = 2;

interface ListOnce<Item> {
  items: readonly Item[];
  pending: boolean;
  error: ApiError | null;
}

/** Asks for a list when something to look for has been typed, once while the palette is open; again only after a failure. */
export function useListOnce<Item>(query: string, load: ((signal: AbortSignal) => Promise<Item[]>) | null): ListOnce<Item> {
  const [items, setItems] = useState<readonly Item[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const wanted = load !== null && items === null && query.trim().length >= SHORTEST;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each text starts the pause anew; `load` is made anew with every render
  useEffect(() => {
    if (!wanted || !load) return;
    const asking = new AbortController();
    const pause = setTimeout(() => {
      load(asking.signal).then(
        (answer) => {
          if (asking.signal.aborted) return;
          setItems(answer);
          setError(null);
        },
        (thrown: unknown) => !asking.signal.aborted && setError(asApiError(thrown)),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(pause);
      asking.abort();
    };
  }, [wanted, query]);

  return { items: items ?? [], pending: wanted && error === null, error: wanted ? error : null };
}
