import { eq, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db, type Transaction } from '@/db/postgres';
import { orgs } from '@/db/schema';
import { DomainError } from '@/lib/errors';
import { operatorActor } from '@/lib/setup/operator';
import { customerId, linkCustomer, unlinkCustomer } from './link-customer';

const org = z.string().min(1, 'must be a slug or an id');
export const billingLink = z.object({ org, customer: customerId });
export const billingUnlink = z.object({ org });

/** Has a customer pay for an org, in place of whoever does; false where that is so already. Throws org_not_found, validation_failed. */
export function linkByOperator({ org, customer }: z.infer<typeof billingLink>): Promise<boolean> {
  return db().transaction(async (tx) =>
    linkCustomer(tx, { orgId: await orgIdOf(tx, org), customerId: customer, actor: operatorActor(), replace: true }),
  );
}

/** Ends that anybody pays for an org, and returns who did. Throws org_not_found. */
export function unlinkByOperator({ org }: z.infer<typeof billingUnlink>): Promise<string | null> {
  return db().transaction(async (tx) => unlinkCustomer(tx, await orgIdOf(tx, org), operatorActor()));
}

async function orgIdOf(tx: Transaction, named: string): Promise<string> {
  const [found] = await tx
    .select({ id: orgs.id })
    .from(orgs)
    .where(or(eq(orgs.slug, named), eq(sql`${orgs.id}::text`, named)))
    .orderBy(sql`${orgs.id}::text = ${named} desc`)
    .limit(1);
  if (!found) throw new DomainError('org_not_found', `There is no organization "${named}"`);
  return found.id;
}
