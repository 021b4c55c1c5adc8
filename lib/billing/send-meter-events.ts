import Stripe from 'stripe';
import { logger } from '@/lib/log';
import { type ClaimedEvent, claimMeterEvents, countDoubtful, markSent, postpone, releaseMeterEvents } from './claim-meter-events';

const BATCH = 20;
/** Before a connection stood, nothing was sent. */
const NEVER_ARRIVED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const KNOWN_ALREADY = /already exists with (the )?identifier/i;

type Outcome = 'sent' | 'refused' | 'away';

/**
 * Sends what the outbox holds until it is empty, Stripe is away, or `stopped` says so; returns how many events Stripe has now.
 * What may have arrived is sent again under the same identifier, within the day that Stripe remembers it.
 */
export async function sendMeterEvents(stripe: Stripe, stopped: () => boolean = () => false): Promise<number> {
  let sent = 0;
  for (;;) {
    const events = await claimMeterEvents(BATCH);
    const untried = [...events];
    for (const event of events) {
      if (stopped()) break;
      untried.shift();
      const outcome = await send(stripe, event);
      if (outcome === 'sent') sent += 1;
      if (outcome === 'away') break;
    }
    await releaseMeterEvents(untried);
    if (untried.length > 0 || events.length < BATCH) break;
  }
  const doubtful = await countDoubtful();
  if (doubtful > 0) logger().error({ events: doubtful }, 'meter events may be at Stripe or not: see docs/usage-and-billing.md');
  return sent;
}

async function send(stripe: Stripe, event: ClaimedEvent): Promise<Outcome> {
  try {
    await stripe.billing.meterEvents.create({
      event_name: event.eventName,
      identifier: event.identifier,
      timestamp: event.occurredAt,
      payload: { stripe_customer_id: event.customerId, value: event.value },
    });
  } catch (error) {
    if (!(error instanceof Error && KNOWN_ALREADY.test(error.message))) return failed(event, error);
  }
  await markSent(event);
  return 'sent';
}

async function failed(event: ClaimedEvent, error: unknown): Promise<Outcome> {
  await postpone(event, mayHaveArrived(error));
  const told = error instanceof Stripe.errors.StripeError ? { type: error.type, status: error.statusCode, code: error.code } : {};
  logger().warn({ identifier: event.identifier, ...told }, 'a meter event waits in the outbox');
  // An event that Stripe does not want keeps nobody waiting; everything else would meet the next one, too.
  return error instanceof Stripe.errors.StripeInvalidRequestError ? 'refused' : 'away';
}

/** A refusal is a refusal; after a time-out, a broken connection or a fault of the other side nobody knows. */
function mayHaveArrived(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return true;
  if (error.statusCode !== undefined) return error.statusCode >= 500;
  const { code } = ((error as { detail?: unknown }).detail ?? {}) as { code?: string };
  return !(code && NEVER_ARRIVED.has(code));
}
