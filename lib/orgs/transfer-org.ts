import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '@/db/postgres';
import { orgMembers, orgs } from '@/db/schema';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess, lockOrg } from '@/lib/access/hold-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { DomainError } from '@/lib/errors';
import { getMember } from '@/lib/members/find-member';
import type { OrgView } from './present-org';
import { refuseTooManyOrgs } from './refuse-too-many-orgs';

export const orgTransfer = z
  .strictObject({
    user_id: z
      .string('must be the user id of a member')
      .max(600)
      .regex(/^\P{Cc}+$/u, 'is not a user id'),
  })
  .meta({ id: 'OrgTransfer' });

/** Makes another member the owner; the one who transfers stays as an admin. Throws member_not_found, org_limit, or validation_failed for oneself. */
export async function transferOrg(access: ConfirmedAccess<'org:transfer'>, heirId: string): Promise<OrgView> {
  const { actor, org, orgId } = access;
  if (heirId === actor.userId) {
    throw new DomainError('validation_failed', 'You are an owner already', {
      fields: [{ path: 'user_id', message: 'must be another member' }],
    });
  }
  const setRole = (userId: string, role: string) =>
    [{ role }, and(eq(orgMembers.orgId, orgId), eq(orgMembers.userId, userId))] as const;
  await db().transaction(async (tx) => {
    await lockOrg(tx, orgId);
    await holdAccess(tx, access, 'org:transfer');
    const heir = await getMember(tx, orgId, heirId);
    if (heir.role !== 'owner') await refuseTooManyOrgs(tx, heirId);
    for (const [values, where] of [setRole(heirId, 'owner'), setRole(actor.userId, 'admin')]) {
      await tx.update(orgMembers).set(values).where(where);
    }
    await tx.update(orgs).set({ ownerUserId: heirId, updatedAt: sql`now()` }).where(eq(orgs.id, orgId));
    const metadata = { from: actor.userId, to: heirId, email: heir.email, before: heir.role, after: 'owner' };
    await recordAudit(tx, { orgId, actor, action: 'org.transferred', targetType: 'org', targetId: orgId, metadata });
  });
  return { ...org, ownerUserId: heirId, role: 'admin' };
}
