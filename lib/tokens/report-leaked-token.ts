import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '@/db/postgres';
import { apiTokens } from '@/db/schema';
import { recordAudit } from '@/lib/audit/record-audit';
import type { RequestOrigin } from '@/lib/auth/actor';
import { hashSecret, isHopeless, isTokenShaped } from '@/lib/auth/api-token';
import { countFailure } from '@/lib/auth/limit-failures';

export const leakReport = z.strictObject({
  token: z.string('must be text').refine(isTokenShaped, 'is not a whole API token'),
});

/**
 * Whoever holds a full secret may end it, without being anybody: they could use it, and ending it is the least of that. They end
 * what they hold and no more. The current secret takes its token along. A secret from before a rotation ends alone: it says
 * nothing about the new one, and whoever stole the old one must not stop the programs that have moved on already.
 * Unknown and dead secrets look the same as live ones. Throws rate_limited to a client that keeps sending such.
 */
export async function reportLeakedToken(token: string, origin: RequestOrigin): Promise<void> {
  if (!(await isHopeless(token, origin)) && (await endSecret(hashSecret(token), origin))) return;
  const limited = await countFailure(origin.ip);
  if (limited) throw limited;
}

/** Whether there was anything to end. */
async function endSecret(hash: string, origin: RequestOrigin): Promise<boolean> {
  const isCurrent = eq(apiTokens.tokenHash, hash);
  return db().transaction(async (tx) => {
    const [token] = await tx
      .update(apiTokens)
      .set({
        revokedAt: sql`case when ${isCurrent} then now() end`,
        previousExpiresAt: sql`case when ${isCurrent} then ${apiTokens.previousExpiresAt} else clock_timestamp() end`,
      })
      .where(liveSecret(hash))
      .returning();
    if (!token?.orgId) return false;
    const current = token.tokenHash === hash;
    await recordAudit(tx, {
      orgId: token.orgId,
      actor: { type: 'token', tokenId: token.id, email: '', authMethod: 'token', origin },
      action: 'token.leaked',
      targetType: 'token',
      targetId: token.id,
      metadata: { label: token.label, prefix: current ? token.prefix : token.previousPrefix, previous: !current },
    });
    return true;
  });
}

function liveSecret(hash: string) {
  return and(
    or(
      eq(apiTokens.tokenHash, hash),
      and(eq(apiTokens.previousTokenHash, hash), sql`${apiTokens.previousExpiresAt} > clock_timestamp()`),
    ),
    isNull(apiTokens.revokedAt),
    isNotNull(apiTokens.orgId),
    sql`(${apiTokens.expiresAt} is null or ${apiTokens.expiresAt} > now())`,
  );
}
