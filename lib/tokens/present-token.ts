import { and, eq, sql } from 'drizzle-orm';
import { apiTokens, orgMembers } from '@/db/schema';
import { roleOfToken } from '@/lib/auth/role';

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
