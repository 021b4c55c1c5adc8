import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

export interface EventStream {
  /** Resolves when the reader has room for more; at once when they have left. */
  send(event: string, data: unknown): Promise<void>;
  end(): void;
  /** Aborted when the reader leaves. */
  signal: AbortSignal;
}

/** Server-sent events, each with its name and one line of JSON. */
export function openEventStream(response: ServerResponse): EventStream {
  const left = new AbortController();
  response.on('close', () => left.abort());
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', 'x-accel-buffering': 'no' });
  response.flushHeaders();
  return {
    signal: left.signal,
    end: () => response.end(),
    send: async (event, data) => {
      if (left.signal.aborted || response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) return;
      await once(response, 'drain', { signal: left.signal }).catch(() => {});
    },
  };
}
