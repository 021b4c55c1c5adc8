import { and, eq } from 'drizzle-orm';
import { apiTokens, orgMembers } from '@/db/schema';

export interface TokenView {
  id: string;
  prefix: string;
  label: string;
  role: string;
  createdBy: string | null;
  createdByEmail: string | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

/** What people see of a token: never its digest. */
export const tokenColumns = {
  id: apiTokens.id,
  prefix: apiTokens.prefix,
  label: apiTokens.label,
  role: apiTokens.role,
  createdBy: apiTokens.createdBy,
  createdByEmail: orgMembers.email,
  createdAt: apiTokens.createdAt,
  lastUsedAt: apiTokens.lastUsedAt,
  expiresAt: apiTokens.expiresAt,
  revokedAt: apiTokens.revokedAt,
};

/** Joins a token to its creator's membership. */
export const creatorMembership = and(eq(orgMembers.orgId, apiTokens.orgId), eq(orgMembers.userId, apiTokens.createdBy));

/** A token as /v1 tells it. */
export function presentToken({ id, prefix, label, role, createdBy, createdAt, lastUsedAt, expiresAt }: TokenView) {
  return {
    id,
    prefix,
    label,
    role,
    created_by: createdBy,
    created_at: createdAt,
    last_used_at: lastUsedAt,
    expires_at: expiresAt,
  };
}
