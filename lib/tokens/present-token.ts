import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { apiTokens, orgMembers } from '@/db/schema';
import { answeredRole, answeredTime, answeredUserId } from '@/lib/input/answer-fields';

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

export const tokenAnswer = z
  .object({
    id: z.guid(),
    prefix: z.string().meta({ description: 'The beginning of the secret, by which people tell tokens apart.' }),
    label: z.string(),
    role: answeredRole.meta({ description: 'The most it may do; never more than its creator may at that moment.' }),
    created_by: answeredUserId.nullable(),
    created_at: answeredTime,
    last_used_at: answeredTime.nullable().meta({ description: 'To the minute.' }),
    expires_at: answeredTime.nullable(),
  })
  .meta({ id: 'ApiToken', description: 'An API token, without its secret.' });

export const tokenWithSecretAnswer = tokenAnswer
  .extend({ token: z.string().meta({ description: 'The secret, `pds_…`. Shown in this answer alone.' }) })
  .meta({ id: 'ApiTokenWithSecret', description: 'A new API token together with its secret.' });
