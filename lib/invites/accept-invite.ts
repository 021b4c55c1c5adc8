import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db, type Transaction } from '@/db/postgres';
import { orgInvites, orgMembers } from '@/db/schema';
import { lockOrg } from '@/lib/access/hold-access';
import { mayCome, newcomerRefusal } from '@/lib/access/sign-up-policy';
import { recordAudit } from '@/lib/audit/record-audit';
import type { AssuredUser } from '@/lib/auth/confirm-user';
import { DomainError } from '@/lib/errors';
import { refuseFullOrg } from '@/lib/members/refuse-full-org';
import { getInviteBySecret, refuseUnlessOpen } from './find-invite';
import { unanswered } from './invite-state';
import { invitedRole } from './present-invite';
import { refuseForeignDomain, refuseForeignSso, refuseOtherAddress } from './refuse-address';

export interface AcceptedInvite {
  orgId: string;
  orgSlug: string;
  role: string;
}

/**
 * Makes the person a member. Never changes the role of somebody who is one already.
 * Throws invite_not_found, email_mismatch, email_domain_not_allowed, sso_not_allowed, already_member, member_limit, signup_not_allowed, or invite_used, _expired, _revoked, _declined.
 */
export async function acceptInvite(user: AssuredUser, secret: string): Promise<AcceptedInvite> {
  const { orgId } = await getInviteBySecret(secret);
  // Asked before: a transaction that holds the org while it waits for a second connection may wait for those that wait for the org.
  const admitted = await mayCome(user, 'invited');
  return db().transaction(async (tx) => {
    await lockOrg(tx, orgId);
    const invite = await getInviteBySecret(secret, tx);
    if (invite.state === 'accepted') refuseUnlessOpen(invite.state);
    await refuseMember(tx, orgId, user.userId);
    refuseOtherAddress(user, invite.email);
    refuseUnlessOpen(invite.state);
    refuseForeignDomain(invite.allowedEmailDomains, user.verifiedEmail);
    refuseForeignSso(user, invite.allowedEmailDomains);
    if (!admitted) throw newcomerRefusal('invited');
    await refuseFullOrg(tx, orgId);
    await consume(tx, invite.id, user.userId);
    await tx.insert(orgMembers).values({ orgId, userId: user.userId, email: user.verifiedEmail, role: invite.role });
    const target = { orgId, actor: user, targetType: 'invite', targetId: invite.id } as const;
    await recordAudit(tx, { ...target, action: 'invite.accepted', metadata: { email: invite.email, role: invite.role } });
    await recordAudit(tx, {
      orgId,
      actor: user,
      action: 'member.joined',
      targetType: 'member',
      targetId: user.userId,
      metadata: { email: user.verifiedEmail, role: invite.role },
    });
    return { orgId, orgSlug: invite.orgSlug, role: invite.role };
  });
}

async function refuseMember(tx: Transaction, orgId: string, userId: string): Promise<void> {
  const [member] = await tx
    .select({ role: orgMembers.role })
    .from(orgMembers)
    .where(and(eq(orgMembers.orgId, orgId), eq(orgMembers.userId, userId)));
  if (member) throw new DomainError('already_member', 'You are a member of this organization already');
}

/** The condition stands in the UPDATE, so of many who try at once one gets the row. */
async function consume(tx: Transaction, inviteId: string, userId: string): Promise<void> {
  const [row] = await tx
    .update(orgInvites)
    .set({ acceptedAt: sql`now()`, acceptedBy: userId })
    .where(and(eq(orgInvites.id, inviteId), unanswered(), sql`${orgInvites.expiresAt} > now()`))
    .returning({ id: orgInvites.id });
  if (!row) throw new DomainError('invite_used', 'This invitation has been used');
}

export const acceptedInviteAnswer = z.object({ org_id: z.guid(), role: invitedRole }).meta({ id: 'AcceptedInvite' });
