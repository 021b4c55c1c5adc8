import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '@/db/postgres';
import { apiTokens, orgInvites, orgMembers, orgs, userCurrentOrg } from '@/db/schema';
import { lockOrg } from '@/lib/access/hold-access';
import { type NewAuditEvent, recordAudit } from '@/lib/audit/record-audit';
import { unanswered } from '@/lib/invites/invite-state';

interface HandOver {
  stubUserIds: string[];
  person: { userId: string; email: string };
  actor: NewAuditEvent['actor'];
  /** This org alone; without it every org of stub mode. */
  orgId?: string;
}

/**
 * Gives what stub mode's one person had to somebody who can sign in: membership, named ownership, API tokens, open invites. Those
 * tokens work from now on, as the new owner's; the local development token stays refused outside stub mode.
 */
export async function handOverStubRows(tx: Transaction, { stubUserIds, person, actor, orgId }: HandOver): Promise<void> {
  const isStub = inArray(orgMembers.userId, stubUserIds);
  const held = await tx
    .selectDistinct({ orgId: orgMembers.orgId })
    .from(orgMembers)
    .where(and(isStub, orgId === undefined ? undefined : eq(orgMembers.orgId, orgId)))
    .orderBy(orgMembers.orgId);
  for (const { orgId: id } of held) {
    await lockOrg(tx, id);
    const [stub] = await tx
      .select({ role: orgMembers.role })
      .from(orgMembers)
      .where(and(isStub, eq(orgMembers.orgId, id)));
    if (!stub) continue;
    await moveMembership(tx, { orgId: id, role: stub.role, stubUserIds, person });
    const moved = await moveBelongings(tx, { orgId: id, stubUserIds, person });
    const metadata = { email: person.email, to: person.userId, role: stub.role, ...moved };
    await recordAudit(tx, { orgId: id, actor, action: 'org.handed_over', targetType: 'org', targetId: id, metadata });
  }
}

type Move = Pick<HandOver, 'stubUserIds' | 'person'> & { orgId: string };

async function moveMembership(tx: Transaction, { orgId, role, stubUserIds, person }: Move & { role: string }): Promise<void> {
  const again = role === 'owner' ? { role, email: person.email } : { email: person.email };
  await tx
    .insert(orgMembers)
    .values({ orgId, ...person, role })
    .onConflictDoUpdate({ target: [orgMembers.orgId, orgMembers.userId], set: again });
  await tx.delete(orgMembers).where(and(eq(orgMembers.orgId, orgId), inArray(orgMembers.userId, stubUserIds)));
  await tx
    .update(orgs)
    .set({ ownerUserId: person.userId, updatedAt: sql`now()` })
    .where(and(eq(orgs.id, orgId), inArray(orgs.ownerUserId, stubUserIds)));
}

async function moveBelongings(tx: Transaction, { orgId, stubUserIds, person }: Move) {
  const tokens = await tx
    .update(apiTokens)
    .set({ createdBy: person.userId })
    .where(and(eq(apiTokens.orgId, orgId), inArray(apiTokens.createdBy, stubUserIds)))
    .returning({ prefix: apiTokens.prefix, revokedAt: apiTokens.revokedAt });
  const invites = await tx
    .update(orgInvites)
    .set({ invitedBy: person.userId })
    .where(and(eq(orgInvites.orgId, orgId), inArray(orgInvites.invitedBy, stubUserIds), unanswered()))
    .returning({ id: orgInvites.id });
  await tx.delete(userCurrentOrg).where(and(eq(userCurrentOrg.orgId, orgId), inArray(userCurrentOrg.userId, stubUserIds)));
  const live = tokens.filter(({ revokedAt }) => revokedAt === null).map(({ prefix }) => prefix);
  return { tokens: live.length, token_prefixes: live.slice(0, 50), invites: invites.length };
}
