import { and, count, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db, type Transaction } from '@/db/postgres';
import { apiTokens } from '@/db/schema';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess, lockOrg } from '@/lib/access/hold-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { lowerRole } from '@/lib/auth/role';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { displayName } from '@/lib/input/fields';
import { ownTokenColumns, type TokenView } from './present-token';
import { newTokenSecret } from './token-secret';

export const newToken = z
  .strictObject({
    label: displayName,
    role: z.enum(['owner', 'admin', 'member'], { error: 'must be owner, admin or member' }).default('member'),
    expires_at: z.iso
      .datetime({ offset: true, error: 'is not an RFC 3339 time' })
      .transform((text) => new Date(text))
      .refine((date) => date.getTime() > Date.now(), 'must lie in the future')
      .nullish(),
  })
  .meta({ id: 'NewApiToken' });
export type NewToken = z.infer<typeof newToken>;

export interface TokenWithSecret {
  token: TokenView;
  /** The only copy; the table keeps its digest. */
  secret: string;
}

/**
 * Mints an API token for the org. Its rights never exceed its creator's present role. Throws forbidden for a role above one's own,
 * and token_limit when the org has as many live tokens as it may.
 */
export async function createToken(
  access: ConfirmedAccess<'tokens:create'>,
  { label, role, expires_at }: NewToken,
): Promise<TokenWithSecret> {
  const { actor, org, orgId } = access;
  const { secret, hash, prefix } = newTokenSecret();
  const values = {
    tokenHash: hash,
    prefix,
    workspaceId: org.slug,
    label,
    orgId,
    createdBy: actor.userId,
    role,
    expiresAt: expires_at ?? null,
  };
  const token = await db().transaction(async (tx) => {
    await lockOrg(tx, orgId);
    const own = await holdAccess(tx, access, 'tokens:create');
    if (lowerRole(role, own) !== role)
      throw new DomainError('forbidden', `A token cannot have the role ${role}: yours is ${own}`);
    await refuseAboveLimit(tx, orgId);
    const [row] = await tx.insert(apiTokens).values(values).returning(ownTokenColumns);
    if (!row) throw new Error('the new token was not returned');
    await recordAudit(tx, {
      orgId,
      actor,
      action: 'token.created',
      targetType: 'token',
      targetId: row.id,
      metadata: { label, prefix, role },
    });
    return { ...row, createdByEmail: actor.email, creatorRole: own };
  });
  return { token, secret };
}

/** Counts under the org's lock, so that the last free place goes to one of those who ask at once. */
async function refuseAboveLimit(tx: Transaction, orgId: string): Promise<void> {
  const live = and(
    eq(apiTokens.orgId, orgId),
    isNull(apiTokens.revokedAt),
    sql`(${apiTokens.expiresAt} is null or ${apiTokens.expiresAt} > now())`,
  );
  const [row] = await tx.select({ tokens: count() }).from(apiTokens).where(live);
  const { tokensPerOrg } = config().limits;
  if ((row?.tokens ?? 0) < tokensPerOrg) return;
  throw new DomainError('token_limit', `The organization has as many API tokens as it may: ${tokensPerOrg}`, {
    hint: 'Revoke one that is no longer needed. Operators: see PANDASTACK_MAX_TOKENS_PER_ORG.',
  });
}
