import { and, eq, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { orgInvites } from '@/db/schema';
import { holdAccess } from '@/lib/access/hold-access';
import type { OrgAccess } from '@/lib/access/org-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { DomainError } from '@/lib/errors';
import { isId } from '@/lib/input/fields';
import { unanswered } from './invite-state';

/** Ends an unanswered invite: its link opens nothing from now on. Throws invite_not_found. */
export async function revokeInvite(access: OrgAccess<'invites:revoke'>, inviteId: string): Promise<void> {
  const { actor, orgId } = access;
  await db().transaction(async (tx) => {
    await holdAccess(tx, access, 'invites:revoke');
    const [invite] = !isId(inviteId)
      ? []
      : await tx
          .update(orgInvites)
          .set({ revokedAt: sql`now()` })
          .where(and(eq(orgInvites.id, inviteId), eq(orgInvites.orgId, orgId), unanswered()))
          .returning({ email: orgInvites.email, role: orgInvites.role });
    if (!invite) throw new DomainError('invite_not_found', 'There is no open invite with this id');
    await recordAudit(tx, {
      orgId,
      actor,
      action: 'invite.revoked',
      targetType: 'invite',
      targetId: inviteId,
      metadata: { ...invite, before: 'open', after: 'revoked' },
    });
  });
}
