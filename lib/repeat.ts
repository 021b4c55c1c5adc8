import { logger } from './log';

export interface Repetition {
  /** Begins no further pass, and waits for the one that is under way. */
  stop(): Promise<void>;
}

interface Rhythm {
  everyMs: number;
  /** Added by chance: replicas that were started together do not all come at once. */
  spreadMs: number;
  /** Before the first pass, beside the spread. */
  firstMs?: number;
  /** What the log says of a pass that failed; the next one comes all the same. */
  onFailure: string;
}

/** Does something over and over, one pass after the other, until stopped. `stopped` tells a long pass that it should end. */
export function repeat(
  pass: (stopped: () => boolean) => Promise<void>,
  { everyMs, spreadMs, firstMs = 0, onFailure }: Rhythm,
): Repetition {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = pass(() => stopped)
      .catch((error: unknown) => logger().warn({ err: error }, onFailure))
      .finally(() => schedule(everyMs + Math.random() * spreadMs));
  };
  const schedule = (delayMs: number) => {
    if (!stopped) timer = setTimeout(run, delayMs).unref();
  };
  schedule(firstMs + Math.random() * spreadMs);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
