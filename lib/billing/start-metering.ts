import { logger } from '@/lib/log';
import { queueMeterEvents } from './queue-meter-events';
import { sendMeterEvents } from './send-meter-events';
import { stripeClient } from './stripe-client';

const EVERY_MS = 5 * 60_000;
/** Replicas that were started together do not all come at once. */
const SPREAD_MS = 30_000;

declare global {
  var __pandastackMetering: { stop: () => Promise<void> } | undefined;
}

/**
 * Tells Stripe every few minutes what was used, until stopped; one loop a process, none without a key. `stop` waits for the event
 * that is being sent, and what is left stays in the outbox.
 */
export function startMetering(): { stop: () => Promise<void> } {
  const stripe = stripeClient();
  if (!stripe) return { stop: async () => {} };
  globalThis.__pandastackMetering ??= loop(async (stopped) => {
    await queueMeterEvents();
    await sendMeterEvents(stripe, stopped);
  });
  return globalThis.__pandastackMetering;
}

function loop(pass: (stopped: () => boolean) => Promise<void>): { stop: () => Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = pass(() => stopped)
      .catch((error: unknown) => logger().warn({ err: error }, 'metering goes on the next time'))
      .finally(() => schedule(EVERY_MS + Math.random() * SPREAD_MS));
  };
  const schedule = (delayMs: number) => {
    if (!stopped) timer = setTimeout(run, delayMs).unref();
  };
  schedule(Math.random() * SPREAD_MS);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      globalThis.__pandastackMetering = undefined;
      await running;
    },
  };
}
