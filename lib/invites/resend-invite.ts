import { and, eq, sql } from 'drizzle-orm';
import { db, type Transaction } from '@/db/postgres';
import { orgInvites, rateLimits } from '@/db/schema';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess } from '@/lib/access/hold-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { DomainError } from '@/lib/errors';
import { isId } from '@/lib/input/fields';
import { inviteExpiry, lockPolicy } from './create-invite';
import { newInviteSecret } from './invite-secret';
import { inviteState, unanswered } from './invite-state';
import type { InviteWithSecret } from './present-invite';
import { refuseForeignDomain } from './refuse-address';
import { refuseTooManyInvites } from './refuse-too-many-invites';

/**
 * Gives an unanswered invite a new secret and a new lifetime; the old link is dead. The resender answers for it from now on.
 * Throws invite_not_found, email_domain_not_allowed, invite_limit for one that ran out where no other may be opened, or rate_limited.
 */
export async function resendInvite(access: ConfirmedAccess<'invites:create'>, inviteId: string): Promise<InviteWithSecret> {
  const { actor, orgId } = access;
  const { secret, hash } = newInviteSecret();
  const invite = await db().transaction(async (tx) => {
    const org = await lockPolicy(tx, orgId);
    await holdAccess(tx, access, 'invites:create');
    const old = await getUnanswered(tx, orgId, inviteId);
    refuseForeignDomain(org.allowedEmailDomains, old.email);
    if (old.state === 'expired') await refuseTooManyInvites(tx, orgId);
    await refuseTooSoon(tx, old.id);
    const [row] = await tx
      .update(orgInvites)
      .set({ tokenHash: hash, expiresAt: inviteExpiry(), invitedBy: actor.userId })
      .where(and(eq(orgInvites.id, old.id), unanswered()))
      .returning();
    if (!row) throw notOpen();
    const metadata = { email: row.email, before: old.expiresAt.toISOString(), after: row.expiresAt.toISOString() };
    const target = { targetType: 'invite', targetId: row.id, metadata };
    await recordAudit(tx, { orgId, actor, action: 'invite.resent', ...target });
    return row;
  });
  return { invite: { ...invite, invitedByEmail: actor.email, state: 'open' }, secret };
}

async function getUnanswered(tx: Transaction, orgId: string, inviteId: string) {
  if (!isId(inviteId)) throw notOpen();
  const [invite] = await tx
    .select({ id: orgInvites.id, email: orgInvites.email, expiresAt: orgInvites.expiresAt, state: inviteState })
    .from(orgInvites)
    .where(and(eq(orgInvites.id, inviteId), eq(orgInvites.orgId, orgId), unanswered()));
  if (!invite) throw notOpen();
  return invite;
}

function notOpen(): DomainError {
  return new DomainError('invite_not_found', 'There is no open invite with this id');
}

const RESEND_EVERY_S = 60;

/** Once a minute for each invite, whoever asks. In the transaction of the renewal: of many at once one gets through, and a refused one changes nothing. */
async function refuseTooSoon(tx: Transaction, inviteId: string): Promise<void> {
  const nowMs = sql`(extract(epoch from now()) * 1000)::bigint`;
  const next = sql`${nowMs} + ${RESEND_EVERY_S * 1000}::bigint`;
  const [claimed] = await tx
    .insert(rateLimits)
    .values({ key: `invites:resend:${inviteId}`, points: 1, expire: next })
    .onConflictDoUpdate({ target: rateLimits.key, set: { expire: next }, setWhere: sql`${rateLimits.expire} <= ${nowMs}` })
    .returning({ key: rateLimits.key });
  if (claimed) return;
  throw new DomainError('rate_limited', 'This invitation was sent again less than a minute ago', {
    hint: 'Wait a minute, then try again.',
    retryAfterSeconds: RESEND_EVERY_S,
  });
}
