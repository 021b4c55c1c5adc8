import { eq, sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { db, type Transaction } from '@/db/postgres';
import { orgs, processedStripeEvents } from '@/db/schema';
import { isUuid } from '@/lib/audit/no-org';
import type { OperatorActor, RequestOrigin } from '@/lib/auth/actor';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { logger } from '@/lib/log';
import { customerId, linkCustomer, unlinkCustomer } from './link-customer';
import { stripeClient } from './stripe-client';

/** How old a signature may be: what somebody recorded cannot be told again later. */
const TOLERANCE_S = 300;

/**
 * Takes what Stripe tells, each event once: its id and its effect are one transaction, so a second telling, later or at the same
 * moment, finds it done. Kinds that mean nothing here are acknowledged. Throws not_found where billing is off, validation_failed
 * for a signature that is not Stripe's.
 */
export async function receiveStripeEvent(body: string, signature: string | null, origin: RequestOrigin): Promise<void> {
  const event = await verifiedEvent(body, signature);
  const actor: OperatorActor = { type: 'operator', authMethod: 'operator', email: '', origin };
  await db().transaction(async (tx) => {
    const [fresh] = await tx
      .insert(processedStripeEvents)
      .values({ eventId: event.id, type: event.type, processedAt: sql`now()` })
      .onConflictDoNothing()
      .returning({ id: processedStripeEvents.eventId });
    if (fresh) await take(tx, event, actor);
  });
}

async function verifiedEvent(body: string, signature: string | null): Promise<Stripe.Event> {
  const secret = config().stripe?.webhookSecret;
  const stripe = stripeClient();
  if (!secret || !stripe) {
    throw new DomainError('not_found', 'There is no such path in this API', {
      hint: 'Check its spelling and the method; paths begin with /v1.',
    });
  }
  try {
    return await stripe.webhooks.constructEventAsync(body, signature ?? '', secret, TOLERANCE_S);
  } catch (cause) {
    throw new DomainError('validation_failed', 'The signature of this event is not valid', {
      hint: 'PANDASTACK_STRIPE_WEBHOOK_SECRET is the signing secret of this very endpoint; the clock may be wrong.',
      cause,
    });
  }
}

function take(tx: Transaction, event: Stripe.Event, actor: OperatorActor): Promise<unknown> {
  if (event.type === 'checkout.session.completed') {
    const { client_reference_id: orgId, customer } = event.data.object;
    return linkIfFree(tx, { orgId, customer: typeof customer === 'string' ? customer : customer?.id, actor });
  }
  if (event.type === 'customer.created') {
    const { id, metadata } = event.data.object;
    return linkIfFree(tx, { orgId: metadata?.org_id, customer: id, actor });
  }
  if (event.type === 'customer.deleted') return unlinkDeleted(tx, event.data.object.id, actor);
  return Promise.resolve();
}

interface Wish {
  orgId: string | null | undefined;
  customer: string | undefined;
  actor: OperatorActor;
}

/** Whoever opens a payment link may write any org into it: a link that stands is never replaced this way. */
async function linkIfFree(tx: Transaction, { orgId, customer, actor }: Wish): Promise<void> {
  if (!orgId || !isUuid(orgId) || !customerId.safeParse(customer).success || !customer) return;
  try {
    await linkCustomer(tx, { orgId, customerId: customer, actor, replace: false });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    logger().warn({ orgId, customer, code: error.code }, `a customer of Stripe was not linked: ${error.message}`);
  }
}

async function unlinkDeleted(tx: Transaction, customer: string, actor: OperatorActor): Promise<void> {
  const [org] = await tx.select({ id: orgs.id }).from(orgs).where(eq(orgs.stripeCustomerId, customer));
  if (org) await unlinkCustomer(tx, org.id, actor);
}
