import { and, desc, eq } from 'drizzle-orm';
import { positionAt, rowsAfter } from '@/db/keyset';
import { db } from '@/db/postgres';
import { orgInvites, orgMembers } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { cutPage, type Page, type PageQuery, readCursor } from '@/lib/input/page-query';
import { type InviteView, inviteColumns, inviterMembership } from './present-invite';

const MAX_INVITES = 500;

/** The org's invites, newest first (at most 500): what a screen shows at once. */
export async function listInvites(access: OrgAccess<'invites:read'>): Promise<InviteView[]> {
  return (await listInvitePage(access, { limit: MAX_INVITES })).items;
}

/** A page of the org's invites, newest first. Throws validation_failed for a cursor of another list. */
export async function listInvitePage(
  { orgId }: OrgAccess<'invites:read'>,
  { limit, cursor }: PageQuery,
): Promise<Page<InviteView>> {
  const list = `invites of ${orgId}`;
  const after = rowsAfter(orgInvites.createdAt, orgInvites.id, readCursor(list, cursor));
  const rows = await db()
    .select({ ...inviteColumns, at: positionAt(orgInvites.createdAt) })
    .from(orgInvites)
    .leftJoin(orgMembers, inviterMembership)
    .where(and(eq(orgInvites.orgId, orgId), after))
    .orderBy(desc(orgInvites.createdAt), desc(orgInvites.id))
    .limit(limit + 1);
  return cutPage(list, rows, limit);
}
