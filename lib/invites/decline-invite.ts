import { and, eq, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { orgInvites } from '@/db/schema';
import { lockOrg } from '@/lib/access/hold-access';
import { recordAudit } from '@/lib/audit/record-audit';
import type { ConfirmedUser } from '@/lib/auth/confirm-user';
import { DomainError } from '@/lib/errors';
import { getInviteBySecret, refuseUnlessOpen } from './find-invite';
import { unanswered } from './invite-state';
import { refuseForeignSso, refuseOtherAddress } from './refuse-address';

/**
 * Turns an invitation down, so that its link ends. Throws invite_not_found, email_mismatch, sso_not_allowed, or invite_used, _expired,
 * _revoked, _declined.
 */
export async function declineInvite(user: ConfirmedUser, secret: string): Promise<void> {
  const { orgId } = await getInviteBySecret(secret);
  await db().transaction(async (tx) => {
    await lockOrg(tx, orgId);
    const invite = await getInviteBySecret(secret, tx);
    refuseOtherAddress(user, invite.email);
    refuseForeignSso(user, invite.allowedEmailDomains);
    refuseUnlessOpen(invite.state);
    const [row] = await tx
      .update(orgInvites)
      .set({ declinedAt: sql`now()` })
      .where(and(eq(orgInvites.id, invite.id), unanswered()))
      .returning({ id: orgInvites.id });
    if (!row) throw new DomainError('invite_used', 'This invitation has been answered');
    await recordAudit(tx, {
      orgId,
      actor: user,
      action: 'invite.declined',
      targetType: 'invite',
      targetId: invite.id,
      metadata: { email: invite.email, role: invite.role, before: 'open', after: 'declined' },
    });
  });
}
