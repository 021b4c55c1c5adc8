import { and, eq, notExists, sql } from 'drizzle-orm';
import type { Transaction } from '@/db/postgres';
import { orgMembers, orgs } from '@/db/schema';

/** After an owner stepped down or left: the org names its longest-standing owner unless the one it names still is one. */
export async function keepOwnerNamed(tx: Transaction, orgId: string): Promise<void> {
  const owner = and(eq(orgMembers.orgId, orgId), eq(orgMembers.role, 'owner'));
  const heir = tx
    .select({ userId: orgMembers.userId })
    .from(orgMembers)
    .where(owner)
    .orderBy(orgMembers.joinedAt, orgMembers.userId)
    .limit(1);
  const named = tx
    .select()
    .from(orgMembers)
    .where(and(owner, eq(orgMembers.userId, orgs.ownerUserId)));
  await tx
    .update(orgs)
    .set({ ownerUserId: sql`(${heir})`, updatedAt: sql`now()` })
    .where(and(eq(orgs.id, orgId), notExists(named)));
}
