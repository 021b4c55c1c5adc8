import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '@/db/postgres';
import { apiTokens, orgInvites, orgMembers, userCurrentOrg } from '@/db/schema';
import { unanswered } from '@/lib/invites/invite-state';
import { keepOwnerNamed } from './keep-owner-named';

/** The API tokens that end with a membership: those the member made and nobody has revoked. */
export function tokensOf(orgId: string, userId: string): SQL | undefined {
  return and(eq(apiTokens.orgId, orgId), eq(apiTokens.createdBy, userId), isNull(apiTokens.revokedAt));
}

/** The invites that end with a membership: those the member sent that can still be accepted. */
export function openInvitesOf(orgId: string, userId: string): SQL | undefined {
  return and(eq(orgInvites.orgId, orgId), eq(orgInvites.invitedBy, userId), unanswered(), sql`${orgInvites.expiresAt} > now()`);
}

/** Withdraws the invites a member sent; for one who leaves or may no longer invite. Returns how many. */
export async function revokeInvitesOf(tx: Transaction, orgId: string, userId: string): Promise<number> {
  const revoked = await tx
    .update(orgInvites)
    .set({ revokedAt: sql`now()` })
    .where(openInvitesOf(orgId, userId))
    .returning({ id: orgInvites.id });
  return revoked.length;
}

/** Ends a membership with the tokens and open invites it made and its current-org pointer; says what ended, for the audit trail. */
export async function endMembership(tx: Transaction, orgId: string, userId: string) {
  await tx.delete(orgMembers).where(and(eq(orgMembers.orgId, orgId), eq(orgMembers.userId, userId)));
  await keepOwnerNamed(tx, orgId);
  await tx.delete(userCurrentOrg).where(and(eq(userCurrentOrg.orgId, orgId), eq(userCurrentOrg.userId, userId)));
  const tokens = await tx
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(tokensOf(orgId, userId))
    .returning({ id: apiTokens.id });
  return { revoked_tokens: tokens.length, revoked_invites: await revokeInvitesOf(tx, orgId, userId) };
}
