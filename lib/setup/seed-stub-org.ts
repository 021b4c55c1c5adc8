import { db } from '@/db/postgres';
import { orgMembers, orgs, userCurrentOrg } from '@/db/schema';
import { config } from '@/lib/config';

/** Stub mode's one org with its one owner, made at start where absent. */
export async function seedStubOrg(): Promise<void> {
  const { userId, userEmail, orgId, workspace } = config().stub;
  await db().transaction(async (tx) => {
    await tx
      .insert(orgs)
      .values({ id: orgId, slug: workspace, name: 'Local development', ownerUserId: userId })
      .onConflictDoNothing();
    await tx.insert(orgMembers).values({ orgId, userId, email: userEmail, role: 'owner' }).onConflictDoNothing();
    await tx.insert(userCurrentOrg).values({ userId, orgId }).onConflictDoNothing();
  });
}
