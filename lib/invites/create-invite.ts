import { and, count, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db, type Transaction } from '@/db/postgres';
import { orgInvites, orgMembers } from '@/db/schema';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess, lockOrg } from '@/lib/access/hold-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { emailAddress } from '@/lib/input/fields';
import { admitToInvites } from './admit-address';
import { countSending } from './count-sending';
import { newInviteSecret } from './invite-secret';
import { unanswered } from './invite-state';
import { type InviteWithSecret, invitedRole } from './present-invite';

export const newInvite = z
  .strictObject({
    email: emailAddress,
    role: invitedRole.optional().meta({ description: 'Left out: what the organization gives by default.' }),
  })
  .meta({ id: 'NewInvite' });
export type NewInvite = z.infer<typeof newInvite>;

/** When an invite made or renewed now ends, by the database's clock. */
export const inviteExpiry = () => sql`now() + make_interval(days => ${config().inviteDays})`;

/**
 * Invites an address. Throws email_domain_not_allowed, already_member, invite_exists while another invite for it is open,
 * invite_limit when the org has as many open ones as it may, and rate_limited.
 */
export async function createInvite(
  access: ConfirmedAccess<'invites:create'>,
  { email, role }: NewInvite,
): Promise<InviteWithSecret> {
  const { actor, orgId } = access;
  const { secret, hash } = newInviteSecret();
  const invite = await db().transaction(async (tx) => {
    await lockOrg(tx, orgId);
    await holdAccess(tx, access, 'invites:create');
    const { defaultRole } = await admitToInvites(tx, orgId, email);
    await refuseExistingMember(tx, orgId, email);
    await retireExpired(tx, orgId, email);
    const values = {
      tokenHash: hash,
      orgId,
      email,
      role: role ?? defaultRole,
      invitedBy: actor.userId,
      expiresAt: inviteExpiry(),
    };
    const [row] = await tx.insert(orgInvites).values(values).onConflictDoNothing().returning();
    if (!row)
      throw new DomainError('invite_exists', 'An invite for this address is already open', {
        hint: 'Resend it for a new link, or revoke it first.',
      });
    await refuseAboveLimit(tx, orgId);
    await countSending(tx, orgId, email);
    await recordAudit(tx, {
      orgId,
      actor,
      action: 'invite.created',
      targetType: 'invite',
      targetId: row.id,
      metadata: { email, role: row.role },
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

/**
 * Throws invite_limit when, the new one counted, the org has more open invites than it may. Under the org's lock, so that the last
 * place goes to one of those who ask at once.
 */
export async function refuseAboveLimit(tx: Transaction, orgId: string): Promise<void> {
  const open = and(eq(orgInvites.orgId, orgId), unanswered(), sql`${orgInvites.expiresAt} > now()`);
  const [row] = await tx.select({ invites: count() }).from(orgInvites).where(open);
  const { openInvitesPerOrg } = config().limits;
  if ((row?.invites ?? 0) <= openInvitesPerOrg) return;
  throw new DomainError('invite_limit', `An organization has at most ${openInvitesPerOrg} open invitations on this server`, {
    hint: 'Revoke one that is no longer needed. Operators: see PANDASTACK_MAX_OPEN_INVITES_PER_ORG.',
  });
}
