import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db, type Transaction } from '@/db/postgres';
import { orgInvites, orgMembers, orgs } from '@/db/schema';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess, lockOrg } from '@/lib/access/hold-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { emailAddress } from '@/lib/input/fields';
import { newInviteSecret } from './invite-secret';
import { unanswered } from './invite-state';
import { mayInviteAs } from './may-invite-as';
import { type InviteWithSecret, invitedRole } from './present-invite';
import { refuseForeignDomain } from './refuse-address';
import { refuseTooManyInvites } from './refuse-too-many-invites';

export const newInvite = z
  .strictObject({
    email: emailAddress,
    role: invitedRole.optional().meta({ description: 'Without it, the default of the organization.' }),
  })
  .meta({ id: 'NewInvite' });
export type NewInvite = z.infer<typeof newInvite>;

/** When an invite made or renewed now ends, by the database's clock. */
export const inviteExpiry = () => sql`now() + make_interval(days => ${config().inviteDays})`;

/**
 * Invites an address. Throws email_domain_not_allowed, already_member, invite_exists while another invite for it is open,
 * invite_limit, or rate_limited.
 */
export async function createInvite(
  access: ConfirmedAccess<'invites:create'>,
  { email, role: asked }: NewInvite,
): Promise<InviteWithSecret> {
  const { actor, orgId } = access;
  const { secret, hash } = newInviteSecret();
  const invite = await db().transaction(async (tx) => {
    const org = await lockPolicy(tx, orgId);
    const inviterRole = await holdAccess(tx, access, 'invites:create');
    const role = asked ?? org.defaultInviteRole;
    if (!mayInviteAs(inviterRole, role)) throw new DomainError('forbidden', `Your role cannot invite people as ${role}`);
    refuseForeignDomain(org.allowedEmailDomains, email);
    await refuseExistingMember(tx, orgId, email);
    await retireExpired(tx, orgId, email);
    await refuseOpenInvite(tx, orgId, email);
    await refuseTooManyInvites(tx, orgId);
    const values = { tokenHash: hash, orgId, email, role, invitedBy: actor.userId, expiresAt: inviteExpiry() };
    const [row] = await tx.insert(orgInvites).values(values).onConflictDoNothing().returning();
    if (!row) throw openAlready();
    const target = { targetType: 'invite', targetId: row.id, metadata: { email, role } };
    await recordAudit(tx, { orgId, actor, action: 'invite.created', ...target });
    return row;
  });
  return { invite: { ...invite, invitedByEmail: actor.email, state: 'open' }, secret };
}

/**
 * What the org says of its invites. Locks its row: they are made one at a time, so that its limits are counted exactly. Throws
 * org_not_found.
 */
export async function lockPolicy(tx: Transaction, orgId: string) {
  await lockOrg(tx, orgId);
  const columns = { defaultInviteRole: orgs.defaultInviteRole, allowedEmailDomains: orgs.allowedEmailDomains };
  const [org] = await tx.select(columns).from(orgs).where(eq(orgs.id, orgId));
  if (!org) throw new DomainError('org_not_found', 'There is no such organization, or you are not a member of it');
  return org;
}

async function refuseOpenInvite(tx: Transaction, orgId: string, email: string): Promise<void> {
  const [open] = await tx
    .select({ id: orgInvites.id })
    .from(orgInvites)
    .where(and(eq(orgInvites.orgId, orgId), eq(sql`lower(${orgInvites.email})`, email), unanswered()));
  if (open) throw openAlready();
}

function openAlready(): DomainError {
  return new DomainError('invite_exists', 'An invite for this address is already open', {
    hint: 'Resend it for a new link, or revoke it first.',
  });
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
export async function retireExpired(tx: Transaction, orgId: string, email: string): Promise<void> {
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
