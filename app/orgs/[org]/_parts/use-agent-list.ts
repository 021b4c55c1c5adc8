'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiError, asApiError } from '@/lib/api-client/api-error';
import { readAnswer } from '@/lib/api-client/api-fetch';
import { sandboxRequest } from '@/lib/api-client/sandbox-api';

const TIMEOUT_MS = 30_000;

interface AgentList<Item> {
  /** Null until it was answered. */
  items: Item[] | null;
  error: ApiError | null;
  /** How many machines did not answer: what is on them is missing. */
  missing: number;
  /** Never throws: a refusal is in `error`. */
  reload: () => Promise<void>;
}

/** What the machines have, as one list; only they know it, so the page that shows it asks for it. */
export function useAgentList<Item>(orgId: string, path: string): AgentList<Item> {
  const [items, setItems] = useState<Item[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [missing, setMissing] = useState(0);
  const newest = useRef(0);

  const reload = useCallback(async () => {
    const mine = ++newest.current;
    try {
      const answer = await ask<Item>(orgId, path);
      if (mine !== newest.current) return;
      setItems(answer.items);
      setMissing(answer.missing);
      setError(null);
    } catch (thrown) {
      if (mine === newest.current) setError(asApiError(thrown));
    }
  }, [orgId, path]);

  useEffect(() => {
    void reload();
    return () => {
      newest.current++;
    };
  }, [reload]);

  return { items, error, missing, reload };
}

async function ask<Item>(orgId: string, path: string): Promise<{ items: Item[]; missing: number }> {
  const headers = { accept: 'application/json' };
  const response = await sandboxRequest(orgId, path, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const missing = Number(response.headers.get('x-pandastack-agents-unreachable') ?? 0);
  return { items: (await readAnswer<Item[] | null>(response)) ?? [], missing };
}
