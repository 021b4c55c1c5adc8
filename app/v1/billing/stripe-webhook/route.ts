import { requestOrigin } from '@/lib/auth/request-origin';
import { receiveStripeEvent } from '@/lib/billing/receive-stripe-event';
import { endpoint } from '@/lib/http/endpoint';
import { readBody } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';

/** Asks for no credential: the signature over the whole body is one. */
export const POST = endpoint(async (request) => {
  await receiveStripeEvent(await readBody(request), request.headers.get('stripe-signature'), requestOrigin(request));
  return ok({ received: true });
});
