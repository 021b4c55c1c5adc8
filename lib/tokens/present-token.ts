import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { apiTokens, orgMembers } from '@/db/schema';
import { roleOfToken } from '@/lib/auth/role';
import { answeredRole, answeredTime, answeredUserId } from '@/lib/input/answer-fields';

export interface TokenView {
  id: string;
  prefix: string;
  label: string;
  role: string;
  createdBy: string | null;
  createdByEmail: string | null;
  /** What the creator is today; null when they are no member any more. */
  creatorRole: string | null;
  createdAt: Date;
  /** Of the current secret. */
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  /** By the database's clock. */
  expired: boolean;
  revokedAt: Date | null;
  rotatedAt: Date | null;
  previousPrefix: string | null;
  previousExpiresAt: Date | null;
  previousLastUsedAt: Date | null;
  /** The secret from before the last rotation still opens, by the database's clock. */
  previousLives: boolean;
}

/** What a token's row alone tells people: never a digest. */
export const ownTokenColumns = {
  id: apiTokens.id,
  prefix: apiTokens.prefix,
  label: apiTokens.label,
  role: apiTokens.role,
  createdBy: apiTokens.createdBy,
  createdAt: apiTokens.createdAt,
  lastUsedAt: apiTokens.lastUsedAt,
  expiresAt: apiTokens.expiresAt,
  expired: sql<boolean>`coalesce(${apiTokens.expiresAt} <= now(), false)`,
  revokedAt: apiTokens.revokedAt,
  rotatedAt: apiTokens.rotatedAt,
  previousPrefix: apiTokens.previousPrefix,
  previousExpiresAt: apiTokens.previousExpiresAt,
  previousLastUsedAt: apiTokens.previousLastUsedAt,
  previousLives: sql<boolean>`coalesce(${apiTokens.previousExpiresAt} > now(), false)`,
};

/** What people see of a token, with its creator as they are today. */
export const tokenColumns = { ...ownTokenColumns, createdByEmail: orgMembers.email, creatorRole: orgMembers.role };

/** Joins a token to its creator's membership. */
export const creatorMembership = and(eq(orgMembers.orgId, apiTokens.orgId), eq(orgMembers.userId, apiTokens.createdBy));

export type TokenState = 'active' | 'expired' | 'orphaned';

/** Whether a token opens anything now; `orphaned` while its creator is no member. */
export function stateOfToken(token: TokenView): TokenState {
  if (token.expired) return 'expired';
  return roleOfToken(token) ? 'active' : 'orphaned';
}

/** A token as /v1 tells it. */
export function presentToken(token: TokenView) {
  return {
    id: token.id,
    prefix: token.prefix,
    label: token.label,
    state: stateOfToken(token),
    role: token.role,
    effective_role: roleOfToken(token) ?? null,
    created_by: token.createdBy,
    created_at: token.createdAt,
    last_used_at: token.lastUsedAt,
    expires_at: token.expiresAt,
    rotated_at: token.rotatedAt,
    previous_prefix: token.previousPrefix,
    previous_expires_at: token.previousExpiresAt,
    previous_last_used_at: token.previousLastUsedAt,
  };
}

export const tokenAnswer = z
  .object({
    id: z.guid(),
    prefix: z.string().meta({ description: 'The beginning of the secret, by which people tell tokens apart.' }),
    label: z.string(),
    state: z
      .enum(['active', 'expired', 'orphaned'])
      .meta({ description: '`orphaned`: its creator is no member, so it opens nothing.' }),
    role: answeredRole.meta({ description: 'The most it may do; never more than its creator may at that moment.' }),
    effective_role: answeredRole.nullable().meta({ description: 'What it may do now: no more than its creator.' }),
    created_by: answeredUserId.nullable(),
    created_at: answeredTime,
    last_used_at: answeredTime.nullable().meta({ description: 'To the minute.' }),
    expires_at: answeredTime.nullable(),
    rotated_at: answeredTime.nullable(),
    previous_prefix: z.string().nullable().meta({ description: 'The beginning of the secret before the last rotation.' }),
    previous_expires_at: answeredTime
      .nullable()
      .meta({ description: 'Until then the secret before the last rotation works too.' }),
    previous_last_used_at: answeredTime.nullable(),
  })
  .meta({ id: 'ApiToken', description: 'An API token, without its secret.' });

export const tokenWithSecretAnswer = tokenAnswer
  .extend({ token: z.string().meta({ description: 'The secret, `pds_…`. Shown in this answer alone.' }) })
  .meta({ id: 'ApiTokenWithSecret', description: 'A new API token together with its secret.' });
