import { sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { apiTokens } from '@/db/schema';
import { holdAccess } from '@/lib/access/hold-access';
import type { OrgAccess } from '@/lib/access/org-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { isId } from '@/lib/input/fields';
import { revocable, unknownToken } from './revocable';

/**
 * Ends the overlap of a rotation at once: the old secret opens nothing more, the new one goes on. Who may revoke the token may do
 * this. Throws token_not_found, also when no old secret is left.
 */
export async function endPreviousSecret(access: OrgAccess<'tokens:revoke'>, tokenId: string): Promise<void> {
  if (!isId(tokenId)) throw unknownToken();
  const { actor, orgId } = access;
  await db().transaction(async (tx) => {
    const held = { ...access, role: await holdAccess(tx, access, 'tokens:revoke') };
    // Of several at once each must see the end the first one set, which is later than their own now().
    const overlapping = sql`${apiTokens.id} = ${tokenId} and ${apiTokens.previousExpiresAt} > clock_timestamp()`;
    const [token] = await tx
      .update(apiTokens)
      .set({ previousExpiresAt: sql`clock_timestamp()` })
      .where(revocable(held, overlapping))
      .returning({ label: apiTokens.label, previousPrefix: apiTokens.previousPrefix });
    if (!token) throw unknownToken();
    const metadata = { label: token.label, prefix: token.previousPrefix };
    await recordAudit(tx, { orgId, actor, action: 'token.previous_ended', targetType: 'token', targetId: tokenId, metadata });
  });
}
