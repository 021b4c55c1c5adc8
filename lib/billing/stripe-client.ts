import Stripe from 'stripe';
import { config } from '@/lib/config';

/** Shorter than a claim on a batch of events lasts, even when each of them takes so long. */
const TIMEOUT_MS = 8_000;

/**
 * A client of Stripe's API, or undefined when no key is configured. It tries nothing again by itself: what was sent and not heard
 * of is the outbox's to remember.
 */
export function stripeClient(): Stripe | undefined {
  const { stripe } = config();
  if (!stripe) return undefined;
  const address = stripe.apiUrl ? new URL(stripe.apiUrl) : undefined;
  return new Stripe(stripe.secretKey, {
    maxNetworkRetries: 0,
    timeout: TIMEOUT_MS,
    telemetry: false,
    appInfo: { name: 'PandaStack' },
    ...(address && {
      host: address.hostname,
      port: address.port,
      protocol: address.protocol === 'http:' ? ('http' as const) : ('https' as const),
    }),
  });
}
