import { and, desc, eq, isNull } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { apiTokens, orgMembers } from '@/db/schema';
import { can, type OrgAccess } from '@/lib/access/org-access';
import { creatorMembership, type TokenView, tokenColumns } from './present-token';

/** The org's live tokens, newest first: all of them for managers, their own for members. */
export async function listTokens(access: OrgAccess<'tokens:read'>): Promise<TokenView[]> {
  const own = can(access, 'tokens:manage-all') ? undefined : eq(apiTokens.createdBy, access.actor.userId);
  return db()
    .select(tokenColumns)
    .from(apiTokens)
    .leftJoin(orgMembers, creatorMembership)
    .where(and(eq(apiTokens.orgId, access.orgId), isNull(apiTokens.revokedAt), own))
    .orderBy(desc(apiTokens.createdAt), desc(apiTokens.id));
}
