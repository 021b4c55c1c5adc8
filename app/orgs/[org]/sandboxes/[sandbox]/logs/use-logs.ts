'use client';

import { useEffect, useRef, useState } from 'react';
import { ApiError, asApiError } from '@/lib/api-client/api-error';
import { readEventStream } from '@/lib/api-client/read-event-stream';
import { sandboxPath, sandboxRequest } from '@/lib/api-client/sandbox-api';
import * as words from '@/messages/sandbox-logs';
import { keepNewest, lineIn } from './log-lines';

/** Lines come in bursts; a page drawn for each of them would do nothing else. */
const DRAW_EVERY_MS = 150;

export interface LogLine {
  number: number;
  text: string;
}

interface Followed {
  lines: readonly LogLine[];
  state: 'connecting' | 'following' | 'ended';
  error: ApiError | null;
}

/** The sandbox's log as it grows, its newest lines; another `round` asks anew. Paused, it goes on listening and shows nothing new. */
export function useLogs({
  orgId,
  sandboxId,
  round,
  paused,
}: {
  orgId: string;
  sandboxId: string;
  round: number;
  paused: boolean;
}) {
  const [followed, setFollowed] = useState<Followed>({ lines: [], state: 'connecting', error: null });
  const heard = useRef<LogLine[]>([]);
  const isPaused = useRef(paused);
  isPaused.current = paused;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks anew
  useEffect(() => {
    const leaving = new AbortController();
    let drawn = heard.current;
    heard.current = [];
    setFollowed({ lines: [], state: 'connecting', error: null });
    const timer = setInterval(() => {
      if (isPaused.current || drawn === heard.current) return;
      drawn = heard.current;
      setFollowed((last) => ({ ...last, lines: drawn }));
    }, DRAW_EVERY_MS);
    const end = (error: ApiError | null) => {
      if (!leaving.signal.aborted) setFollowed({ lines: heard.current, state: 'ended', error });
    };
    follow({ orgId, sandboxId, signal: leaving.signal }, heard, () =>
      setFollowed((last) => ({ ...last, state: 'following' })),
    ).then(end, (thrown: unknown) => end(asApiError(thrown)));
    return () => {
      leaving.abort();
      clearInterval(timer);
    };
  }, [orgId, sandboxId, round]);

  return followed;
}

interface Following {
  orgId: string;
  sandboxId: string;
  signal: AbortSignal;
}

/** Resolves with what the stream said against going on, or null at its plain end. */
async function follow(
  { orgId, sandboxId, signal }: Following,
  heard: { current: LogLine[] },
  onOpen: () => void,
): Promise<ApiError | null> {
  const response = await sandboxRequest(orgId, sandboxPath(sandboxId, '/logs?follow=1'), {
    headers: { accept: 'text/event-stream' },
    signal,
  });
  onOpen();
  if (!response.body) return null;
  let number = 0;
  for await (const { event, data } of readEventStream(response.body)) {
    if (event === 'error') return errorIn(data);
    if (event !== 'line') continue;
    number += 1;
    heard.current = keepNewest(heard.current, { number, text: lineIn(data) });
  }
  return null;
}

/** As the gateway ends a stream that cannot go on. */
function errorIn(data: string): ApiError {
  const fallback = { status: 502, code: 'stream_broken', message: words.broken };
  try {
    const { error = fallback.message, code = fallback.code, hint } = JSON.parse(data) as Record<string, string | undefined>;
    return new ApiError({ status: 502, code, message: error, ...(hint !== undefined && { hint }) });
  } catch {
    return new ApiError(fallback);
  }
}
