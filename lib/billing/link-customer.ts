import { and, eq, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '@/db/postgres';
import { orgs } from '@/db/schema';
import { recordAudit } from '@/lib/audit/record-audit';
import type { OperatorActor } from '@/lib/auth/actor';
import { DomainError } from '@/lib/errors';

export const customerId = z.string().regex(/^cus_[A-Za-z0-9]{1,64}$/, 'must be the id of a customer, such as cus_NffrFeUfNV2Hib');

interface Link {
  orgId: string;
  customerId: string;
  actor: OperatorActor;
  /** Also when another customer pays for the org. */
  replace: boolean;
}

/**
 * Makes a customer of Stripe the one who pays for an org, from the next full hour on, and returns whether that changed anything.
 * Throws org_not_found, and validation_failed where the customer pays for another org or, without `replace`, another one pays for this org.
 */
export async function linkCustomer(tx: Transaction, { orgId, customerId, actor, replace }: Link): Promise<boolean> {
  const before = await lockOrg(tx, orgId);
  if (before === customerId) return false;
  if (before !== null && !replace) throw refused('Another customer is linked to this organization');
  const [other] = await tx
    .select({ id: orgs.id })
    .from(orgs)
    .where(and(eq(orgs.stripeCustomerId, customerId), ne(orgs.id, orgId)));
  if (other) throw refused('This customer is linked to another organization');
  await tx.update(orgs).set({ stripeCustomerId: customerId, stripeLinkedAt: sql`now()` }).where(eq(orgs.id, orgId));
  const metadata = { before, after: customerId };
  await recordAudit(tx, { orgId, actor, action: 'billing.linked', targetType: 'customer', targetId: customerId, metadata });
  return true;
}

/** Ends that anybody pays for an org, and returns who did; null where nobody did. Throws org_not_found. */
export async function unlinkCustomer(tx: Transaction, orgId: string, actor: OperatorActor): Promise<string | null> {
  const before = await lockOrg(tx, orgId);
  if (before === null) return null;
  await tx.update(orgs).set({ stripeCustomerId: null, stripeLinkedAt: null }).where(eq(orgs.id, orgId));
  await recordAudit(tx, { orgId, actor, action: 'billing.unlinked', targetType: 'customer', targetId: before });
  return before;
}

async function lockOrg(tx: Transaction, orgId: string): Promise<string | null> {
  const [org] = await tx.select({ customer: orgs.stripeCustomerId }).from(orgs).where(eq(orgs.id, orgId)).for('update');
  if (!org) throw new DomainError('org_not_found', 'There is no such organization');
  return org.customer;
}

function refused(message: string): DomainError {
  return new DomainError('validation_failed', message, { hint: 'Unlink it first: pandastack billing unlink --org …' });
}
