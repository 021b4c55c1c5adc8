import { db } from '@/db/postgres';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess, lockOrg } from '@/lib/access/hold-access';
import type { OrgAccess } from '@/lib/access/org-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { endMembership } from './end-membership';
import { getMember, refuseLastOwner, refuseUnlessAbove } from './find-member';

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
    const ended = await endMembership(tx, orgId, userId);
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
    const ended = await endMembership(tx, orgId, actor.userId);
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
