import { eq } from 'drizzle-orm';
import type { Transaction } from '@/db/postgres';
import { orgMembers, orgs } from '@/db/schema';
import type { Role } from '@/lib/auth/actor';
import { knownRole } from '@/lib/auth/role';
import { DomainError } from '@/lib/errors';
import type { ConfirmedAccess } from './confirm-access';
import type { OrgAccess } from './org-access';
import { type Permission, roleMay, type SensitivePermission } from './permissions';

/** What a change needs: for a sensitive permission, an access that was confirmed. */
type AccessToChange<P extends Permission> = P extends SensitivePermission ? ConfirmedAccess<P> : OrgAccess<P>;

/**
 * Holds the caller's membership until the transaction ends, so a removal or demotion happens wholly before or wholly after. The org
 * is held against its deletion first: whoever deletes it waits at the org's row too, so the two cannot wait for each other.
 * Returns the role they have now. Throws org_not_found or forbidden when the right ended after it was granted.
 */
export async function holdAccess<P extends Permission>(
  tx: Transaction,
  { orgId, actor }: AccessToChange<P>,
  permission: P,
): Promise<Role> {
  const held = tx.$with('held').as(tx.select({ id: orgs.id }).from(orgs).where(eq(orgs.id, orgId)).for('key share'));
  const [row] = await tx
    .with(held)
    .select({ role: orgMembers.role })
    .from(orgMembers)
    .innerJoin(held, eq(held.id, orgMembers.orgId))
    .where(eq(orgMembers.userId, actor.userId))
    .for('share', { of: orgMembers });
  if (!row) throw new DomainError('org_not_found', 'There is no such organization, or you are not a member of it');
  const role = knownRole(row.role);
  if (!role || !roleMay(role, permission)) throw new DomainError('forbidden', 'Your role no longer allows this');
  return role;
}

/** Changes to who belongs to an org happen one at a time: locks the org's row, yet lets rows that refer to it be written. Throws org_not_found. */
export async function lockOrg(tx: Transaction, orgId: string): Promise<void> {
  const [row] = await tx.select({ id: orgs.id }).from(orgs).where(eq(orgs.id, orgId)).for('no key update');
  if (!row) throw new DomainError('org_not_found', 'There is no such organization, or you are not a member of it');
}
