import { and, eq, ne } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '@/db/postgres';
import { orgMembers } from '@/db/schema';
import { recordAudit } from '@/lib/audit/record-audit';
import type { ConfirmedUser } from '@/lib/auth/confirm-user';

/** Writes the address an account holds today to all its memberships; the tokens and rows made before still say the old one. */
export async function updateEmail(user: ConfirmedUser): Promise<void> {
  const { userId, verifiedEmail: email } = user;
  await db().transaction(async (tx) => {
    const stale = and(eq(orgMembers.userId, userId), ne(orgMembers.email, email));
    const before = await tx
      .select({ orgId: orgMembers.orgId, email: orgMembers.email })
      .from(orgMembers)
      .where(stale)
      .for('update');
    await tx.update(orgMembers).set({ email }).where(stale);
    for (const row of before) {
      const metadata = { before: row.email, after: email };
      const target = { orgId: row.orgId, targetType: 'member', targetId: userId };
      await recordAudit(tx, { ...target, actor: user, action: 'member.email_changed', metadata });
    }
  });
}

export const emailAnswer = z.object({ email: z.string().meta({ description: 'The address the account holds today.' }) });
