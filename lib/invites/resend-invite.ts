import { and, eq } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { orgInvites } from '@/db/schema';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess, lockOrg } from '@/lib/access/hold-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { DomainError } from '@/lib/errors';
import { isId, lowerAscii } from '@/lib/input/fields';
import { countInTransaction } from '@/lib/limits/count-in-transaction';
import { admitToInvites } from './admit-address';
import { countSending } from './count-sending';
import { inviteExpiry, refuseAboveLimit } from './create-invite';
import { newInviteSecret } from './invite-secret';
import { unanswered } from './invite-state';
import type { InviteWithSecret } from './present-invite';

/**
 * Gives an unanswered invite a new secret and its whole time again; the old link is dead. The resender answers for it from now on.
 * Throws invite_not_found, email_domain_not_allowed, invite_limit, and rate_limited: once a minute at most.
 */
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
          .set({ tokenHash: hash, expiresAt: inviteExpiry(), invitedBy: actor.userId })
          .where(and(eq(orgInvites.id, inviteId), eq(orgInvites.orgId, orgId), unanswered()))
          .returning();
    if (!row) throw new DomainError('invite_not_found', 'There is no open invite with this id');
    await admitToInvites(tx, orgId, row.email);
    await refuseAboveLimit(tx, orgId);
    await countInTransaction(tx, 'invites:resend', row.id);
    await countSending(tx, orgId, lowerAscii(row.email));
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
