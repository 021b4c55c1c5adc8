import { type Repetition, repeat } from '@/lib/repeat';
import { queueMeterEvents } from './queue-meter-events';
import { sendMeterEvents } from './send-meter-events';
import { stripeClient } from './stripe-client';

const EVERY_MS = 5 * 60_000;
const SPREAD_MS = 30_000;

declare global {
  var __pandastackMetering: Repetition | undefined;
}

/**
 * Tells Stripe every few minutes what was used, until stopped; one loop a process, none without a key. `stop` waits for the event
 * that is being sent, and what is left stays in the outbox.
 */
export function startMetering(): Repetition {
  const stripe = stripeClient();
  if (!stripe) return { stop: async () => {} };
  globalThis.__pandastackMetering ??= beginMetering(stripe);
  return globalThis.__pandastackMetering;
}

function beginMetering(stripe: NonNullable<ReturnType<typeof stripeClient>>): Repetition {
  const pass = async (stopped: () => boolean) => {
    await queueMeterEvents();
    await sendMeterEvents(stripe, stopped);
  };
  const metering = repeat(pass, { everyMs: EVERY_MS, spreadMs: SPREAD_MS, onFailure: 'metering goes on the next time' });
  return {
    stop: async () => {
      globalThis.__pandastackMetering = undefined;
      await metering.stop();
    },
  };
}
