import { and, desc, eq, isNull } from 'drizzle-orm';
import { positionAt, rowsAfter } from '@/db/keyset';
import { db } from '@/db/postgres';
import { apiTokens, orgMembers } from '@/db/schema';
import { can, type OrgAccess } from '@/lib/access/org-access';
import { cutPage, type Page, type PageQuery, readCursor } from '@/lib/input/page-query';
import { creatorMembership, type TokenView, tokenColumns } from './present-token';

const MAX_TOKENS = 10_000;

/** The org's live tokens, newest first: all of them for managers, their own for members. What a screen shows at once. */
export async function listTokens(access: OrgAccess<'tokens:read'>): Promise<TokenView[]> {
  return (await listTokenPage(access, { limit: MAX_TOKENS })).items;
}

/** A page of what listTokens() lists. Throws validation_failed for a cursor of another list. */
export async function listTokenPage(access: OrgAccess<'tokens:read'>, { limit, cursor }: PageQuery): Promise<Page<TokenView>> {
  const { actor, orgId } = access;
  const own = can(access, 'tokens:manage-all') ? undefined : eq(apiTokens.createdBy, actor.userId);
  const list = own ? `tokens of ${orgId} by ${actor.userId}` : `tokens of ${orgId}`;
  const after = rowsAfter(apiTokens.createdAt, apiTokens.id, readCursor(list, cursor));
  const rows = await db()
    .select({ ...tokenColumns, at: positionAt(apiTokens.createdAt) })
    .from(apiTokens)
    .leftJoin(orgMembers, creatorMembership)
    .where(and(eq(apiTokens.orgId, orgId), isNull(apiTokens.revokedAt), own, after))
    .orderBy(desc(apiTokens.createdAt), desc(apiTokens.id))
    .limit(limit + 1);
  return cutPage(list, rows, limit);
}
