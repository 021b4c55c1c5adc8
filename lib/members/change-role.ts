import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '@/db/postgres';
import { orgMembers } from '@/db/schema';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess, lockOrg } from '@/lib/access/hold-access';
import { roleMay } from '@/lib/access/permissions';
import { recordAudit } from '@/lib/audit/record-audit';
import { DomainError } from '@/lib/errors';
import { refuseTooManyOrgs } from '@/lib/orgs/refuse-too-many-orgs';
import { revokeInvitesOf } from './end-membership';
import { getMember, refuseLastOwner, refuseUnlessAbove } from './find-member';
import { keepOwnerNamed } from './keep-owner-named';
import type { MemberView } from './list-members';
import { mayGiveRole } from './may-manage';

export const roleChange = z
  .strictObject({
    role: z.enum(['owner', 'admin', 'member'], { error: 'must be owner, admin or member' }),
  })
  .meta({ id: 'RoleChange' });

interface RoleChange {
  userId: string;
  role: z.infer<typeof roleChange>['role'];
}

/** Gives a member another role; the open invites of one who may no longer invite end with it. Throws member_not_found, forbidden, last_owner, org_limit. */
export async function changeRole(
  access: ConfirmedAccess<'members:change-role'>,
  { userId, role }: RoleChange,
): Promise<MemberView> {
  const { actor, orgId } = access;
  return db().transaction(async (tx) => {
    await lockOrg(tx, orgId);
    const callerRole = await holdAccess(tx, access, 'members:change-role');
    const member = await getMember(tx, orgId, userId);
    refuseUnlessAbove(callerRole, member);
    if (!mayGiveRole(callerRole, role)) throw new DomainError('forbidden', 'Only an owner may make owners and admins');
    if (member.role === role) return member;
    await refuseLastOwner(tx, orgId, member);
    if (role === 'owner') await refuseTooManyOrgs(tx, userId);
    await tx
      .update(orgMembers)
      .set({ role })
      .where(and(eq(orgMembers.orgId, orgId), eq(orgMembers.userId, userId)));
    if (member.role === 'owner') await keepOwnerNamed(tx, orgId);
    // What they may no longer send must not let anybody in.
    const ended = roleMay(role, 'invites:create') ? {} : { revoked_invites: await revokeInvitesOf(tx, orgId, userId) };
    await recordAudit(tx, {
      orgId,
      actor,
      action: 'member.role_changed',
      targetType: 'member',
      targetId: userId,
      metadata: { before: member.role, after: role, email: member.email, ...ended },
    });
    return { ...member, role };
  });
}
