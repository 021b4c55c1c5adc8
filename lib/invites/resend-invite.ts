import { and, eq } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { orgInvites } from '@/db/schema';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess, lockOrg } from '@/lib/access/hold-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { DomainError } from '@/lib/errors';
import { isId } from '@/lib/input/fields';
import { inviteExpiry } from './create-invite';
import { newInviteSecret } from './invite-secret';
import { unanswered } from './invite-state';
import type { InviteWithSecret } from './present-invite';

/** Gives an unanswered invite a new secret and a new week; the old link is dead. The resender answers for it from now on. Throws invite_not_found. */
export async function resendInvite(access: ConfirmedAccess<'invites:create'>, inviteId: string): Promise<InviteWithSecret> {
  const { actor, orgId } = access;
  const { secret, hash } = newInviteSecret();
  const invite = await db().transaction(async (tx) => {
    await lockOrg(tx, orgId);
    await holdAccess(tx, access, 'invites:create');
    const [row] = !isId(inviteId)
      ? []
      : await tx
          .update(orgInvites)
          .set({ tokenHash: hash, expiresAt: inviteExpiry, invitedBy: actor.userId })
          .where(and(eq(orgInvites.id, inviteId), eq(orgInvites.orgId, orgId), unanswered()))
          .returning();
    if (!row) throw new DomainError('invite_not_found', 'There is no open invite with this id');
    await recordAudit(tx, {
      orgId,
      actor,
      action: 'invite.resent',
      targetType: 'invite',
      targetId: row.id,
      metadata: { email: row.email },
    });
    return row;
  });
  return { invite: { ...invite, invitedByEmail: actor.email, state: 'open' }, secret };
}
