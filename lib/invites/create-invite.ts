import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db, type Transaction } from '@/db/postgres';
import { orgInvites, orgMembers } from '@/db/schema';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess, lockOrg } from '@/lib/access/hold-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { DomainError } from '@/lib/errors';
import { emailAddress } from '@/lib/input/fields';
import { newInviteSecret } from './invite-secret';
import { unanswered } from './invite-state';
import { type InviteWithSecret, invitedRole } from './present-invite';

export const newInvite = z
  .strictObject({
    email: emailAddress,
    role: invitedRole.default('member'),
  })
  .meta({ id: 'NewInvite' });
export type NewInvite = z.infer<typeof newInvite>;

export const INVITE_LIFETIME_DAYS = 7;
/** When an invite made or renewed now ends, by the database's clock. */
export const inviteExpiry = sql`now() + make_interval(days => ${INVITE_LIFETIME_DAYS})`;

/** Invites an address. Throws already_member, or invite_exists while another invite for it is open. */
export async function createInvite(
  access: ConfirmedAccess<'invites:create'>,
  { email, role }: NewInvite,
): Promise<InviteWithSecret> {
  const { actor, orgId } = access;
  const { secret, hash } = newInviteSecret();
  const invite = await db().transaction(async (tx) => {
    await lockOrg(tx, orgId);
    await holdAccess(tx, access, 'invites:create');
    await refuseExistingMember(tx, orgId, email);
    await retireExpired(tx, orgId, email);
    const values = { tokenHash: hash, orgId, email, role, invitedBy: actor.userId, expiresAt: inviteExpiry };
    const [row] = await tx.insert(orgInvites).values(values).onConflictDoNothing().returning();
    if (!row)
      throw new DomainError('invite_exists', 'An invite for this address is already open', {
        hint: 'Resend it for a new link, or revoke it first.',
      });
    await recordAudit(tx, {
      orgId,
      actor,
      action: 'invite.created',
      targetType: 'invite',
      targetId: row.id,
      metadata: { email, role },
    });
    return row;
  });
  return { invite: { ...invite, invitedByEmail: actor.email, state: 'open' }, secret };
}

async function refuseExistingMember(tx: Transaction, orgId: string, email: string): Promise<void> {
  const [member] = await tx
    .select({ userId: orgMembers.userId })
    .from(orgMembers)
    .where(and(eq(orgMembers.orgId, orgId), eq(sql`lower(${orgMembers.email})`, email)))
    .limit(1);
  if (member) throw new DomainError('already_member', 'This person is a member already');
}

/** The unique index cannot look at the clock, so an invite that ran out makes room here. */
async function retireExpired(tx: Transaction, orgId: string, email: string): Promise<void> {
  await tx
    .update(orgInvites)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(orgInvites.orgId, orgId),
        eq(sql`lower(${orgInvites.email})`, email),
        unanswered(),
        sql`${orgInvites.expiresAt} <= now()`,
      ),
    );
}
