import { and, eq, isNull, type SQL } from 'drizzle-orm';
import { apiTokens } from '@/db/schema';
import { can, type OrgAccess } from '@/lib/access/org-access';
import { DomainError } from '@/lib/errors';

/** The condition of the tokens an access may end: all of the org for managers, their own for members. */
export function revocable(access: OrgAccess<'tokens:revoke'>, which: SQL): SQL | undefined {
  const own = can(access, 'tokens:manage-all') ? undefined : eq(apiTokens.createdBy, access.actor.userId);
  return and(eq(apiTokens.orgId, access.orgId), isNull(apiTokens.revokedAt), which, own);
}

/** The answer to an id that names no live token, or one the caller may not see. */
export function unknownToken(): DomainError {
  return new DomainError('token_not_found', 'There is no such token');
}
