import { and, eq, isNull, sql } from 'drizzle-orm';
import { db, type Transaction } from '@/db/postgres';
import { apiTokens, orgInvites, orgMembers, userCurrentOrg } from '@/db/schema';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess, lockOrg } from '@/lib/access/hold-access';
import type { OrgAccess } from '@/lib/access/org-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { getMember, refuseLastOwner, refuseUnlessAbove } from './find-member';
import { keepOwnerNamed } from './keep-owner-named';
import type { MemberView } from './list-members';

/**
 * Ends a membership together with the tokens and open invites it made and its current-org pointer, in one transaction.
 * Throws member_not_found, forbidden, last_owner.
 */
export async function removeMember(access: ConfirmedAccess<'members:remove'>, userId: string): Promise<void> {
  const { actor, orgId } = access;
  await db().transaction(async (tx) => {
    await lockOrg(tx, orgId);
    const callerRole = await holdAccess(tx, access, 'members:remove');
    const member = await getMember(tx, orgId, userId);
    refuseUnlessAbove(callerRole, member);
    await refuseLastOwner(tx, orgId, member);
    const ended = await endMembership(tx, orgId, member);
    await recordAudit(tx, {
      orgId,
      actor,
      action: 'member.removed',
      targetType: 'member',
      targetId: userId,
      metadata: { email: member.email, role: member.role, ...ended },
    });
  });
}

/** Ends one's own membership. Throws last_owner. */
export async function leaveOrg(access: OrgAccess<'org:leave'>): Promise<void> {
  const { actor, orgId } = access;
  await db().transaction(async (tx) => {
    await lockOrg(tx, orgId);
    const member = await getMember(tx, orgId, actor.userId);
    await refuseLastOwner(tx, orgId, member);
    const ended = await endMembership(tx, orgId, member);
    await recordAudit(tx, {
      orgId,
      actor,
      action: 'member.left',
      targetType: 'member',
      targetId: actor.userId,
      metadata: { email: member.email, role: member.role, ...ended },
    });
  });
}

async function endMembership(tx: Transaction, orgId: string, { userId, role }: MemberView) {
  await tx.delete(orgMembers).where(and(eq(orgMembers.orgId, orgId), eq(orgMembers.userId, userId)));
  if (role === 'owner') await keepOwnerNamed(tx, orgId);
  await tx.delete(userCurrentOrg).where(and(eq(userCurrentOrg.orgId, orgId), eq(userCurrentOrg.userId, userId)));
  const tokens = await tx
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiTokens.orgId, orgId), eq(apiTokens.createdBy, userId), isNull(apiTokens.revokedAt)))
    .returning({ id: apiTokens.id });
  const invites = await tx
    .update(orgInvites)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(orgInvites.orgId, orgId),
        eq(orgInvites.invitedBy, userId),
        isNull(orgInvites.revokedAt),
        isNull(orgInvites.acceptedAt),
        isNull(orgInvites.declinedAt),
      ),
    )
    .returning({ id: orgInvites.id });
  return { revoked_tokens: tokens.length, revoked_invites: invites.length };
}
