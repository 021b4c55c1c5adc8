import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Database, db, type Transaction } from '@/db/postgres';
import { orgMembers, orgs, userCurrentOrg } from '@/db/schema';
import type { UserActor } from '@/lib/auth/actor';
import { DomainError } from '@/lib/errors';

export const currentOrgChoice = z.strictObject({ org_id: z.guid('is not an id').toLowerCase() }).meta({ id: 'CurrentOrgChoice' });

/** Remembers which org a person works in. Throws not_a_member; grants nothing. */
export async function setCurrentOrg(actor: UserActor, orgId: string): Promise<void> {
  if (await writeCurrentOrg(db(), actor.userId, orgId)) return;
  throw new DomainError('not_a_member', 'You are not a member of that organization');
}

/** Holds the membership it reads, so one that ends in between is never pointed at. False when there is none. */
export async function writeCurrentOrg(tx: Database | Transaction, userId: string, orgId: string): Promise<boolean> {
  const membership = tx
    .select({ userId: orgMembers.userId, orgId: orgMembers.orgId, updatedAt: sql<Date>`now()`.as('updated_at') })
    .from(orgs)
    .innerJoin(orgMembers, eq(orgMembers.orgId, orgs.id))
    .where(and(eq(orgMembers.userId, userId), eq(orgs.id, orgId)))
    .for('key share');
  const rows = await tx
    .insert(userCurrentOrg)
    .select(membership)
    .onConflictDoUpdate({ target: userCurrentOrg.userId, set: { orgId, updatedAt: sql`now()` } })
    .returning();
  return rows.length > 0;
}

export const currentOrgAnswer = z.object({ org_id: z.guid() });
