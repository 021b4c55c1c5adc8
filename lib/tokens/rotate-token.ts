import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db, type Transaction } from '@/db/postgres';
import { apiTokens } from '@/db/schema';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess } from '@/lib/access/hold-access';
import { can } from '@/lib/access/org-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { DomainError } from '@/lib/errors';
import { isId } from '@/lib/input/fields';
import type { TokenWithSecret } from './create-token';
import { ownTokenColumns } from './present-token';
import { unknownToken } from './revocable';
import { newTokenSecret } from './token-secret';

const DEFAULT_OVERLAP_S = 86_400;
const MAX_OVERLAP_S = 30 * 86_400;

/** How long the old secret goes on, as seconds from now or as a moment; a day when nothing is said. */
export const rotation = z
  .strictObject({
    overlap_seconds: z
      .int('must be a whole number of seconds')
      .min(0, 'must not be negative')
      .max(MAX_OVERLAP_S, 'must be at most 2592000 (30 days)')
      .optional(),
    previous_expires_at: z.iso
      .datetime({ offset: true, error: 'is not an RFC 3339 time' })
      .transform((text) => new Date(text))
      .refine((date) => date.getTime() > Date.now(), 'must lie in the future')
      .refine((date) => date.getTime() <= Date.now() + MAX_OVERLAP_S * 1000, 'must lie within 30 days')
      .optional(),
  })
  .refine(({ overlap_seconds, previous_expires_at }) => overlap_seconds === undefined || previous_expires_at === undefined, {
    path: ['previous_expires_at'],
    error: 'cannot stand beside overlap_seconds',
  });
export type Rotation = z.infer<typeof rotation>;

/**
 * Gives a token a new secret; the old one opens the same until the overlap ends, and one from an earlier rotation ends now. Only the
 * creator may: the secret acts as them. Throws token_not_found (also for an expired token) or, to managers, forbidden.
 */
export async function rotateToken(
  access: ConfirmedAccess<'tokens:rotate'>,
  tokenId: string,
  input: Rotation,
): Promise<TokenWithSecret> {
  const { actor, orgId } = access;
  const { secret, hash, prefix } = newTokenSecret();
  const token = await db().transaction(async (tx) => {
    const creatorRole = await holdAccess(tx, access, 'tokens:rotate');
    const mine = and(live(orgId, tokenId), eq(apiTokens.createdBy, actor.userId));
    const [row] = isId(tokenId)
      ? await tx
          .update(apiTokens)
          .set(newSecret(hash, prefix, input))
          .where(mine)
          .returning(ownTokenColumns)
      : [];
    if (!row) throw await refusal(tx, access, tokenId);
    await recordAudit(tx, {
      orgId,
      actor,
      action: 'token.rotated',
      targetType: 'token',
      targetId: row.id,
      metadata: {
        label: row.label,
        prefix,
        previous_prefix: row.previousPrefix,
        previous_expires_at: row.previousExpiresAt,
      },
    });
    return { ...row, createdByEmail: actor.email, creatorRole };
  });
  return { token, secret };
}

/** In an UPDATE the columns on the right hold what stood there before. */
function newSecret(hash: string, prefix: string, { overlap_seconds = DEFAULT_OVERLAP_S, previous_expires_at }: Rotation) {
  const end = previous_expires_at
    ? sql`${previous_expires_at.toISOString()}::timestamptz`
    : sql`now() + make_interval(secs => ${overlap_seconds})`;
  return {
    tokenHash: hash,
    prefix,
    lastUsedAt: null,
    rotatedAt: sql`now()`,
    previousTokenHash: sql`${apiTokens.tokenHash}`,
    previousPrefix: sql`${apiTokens.prefix}`,
    previousLastUsedAt: sql`${apiTokens.lastUsedAt}`,
    // No secret outlives its token; least() passes over a null.
    previousExpiresAt: sql`least(${end}, ${apiTokens.expiresAt})`,
  };
}

const live = (orgId: string, tokenId: string) =>
  and(
    eq(apiTokens.id, tokenId),
    eq(apiTokens.orgId, orgId),
    isNull(apiTokens.revokedAt),
    sql`(${apiTokens.expiresAt} is null or ${apiTokens.expiresAt} > now())`,
  );

/** Managers see everybody's tokens and hear why; to others a foreign token does not exist. */
async function refusal(tx: Transaction, access: ConfirmedAccess<'tokens:rotate'>, tokenId: string): Promise<DomainError> {
  const visible = isId(tokenId) && can(access, 'tokens:manage-all');
  const [foreign] = visible ? await tx.select({ id: apiTokens.id }).from(apiTokens).where(live(access.orgId, tokenId)) : [];
  if (!foreign) return unknownToken();
  return new DomainError('forbidden', 'Only the person who made a token may rotate it: its secret acts as them', {
    hint: 'Revoke it, and let its maker mint a new one.',
  });
}
