import { desc, eq } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { orgInvites, orgMembers } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { type InviteView, inviteColumns, inviterMembership } from './present-invite';

const MAX_INVITES = 500;

/** The org's invites, newest first (at most 500). */
export async function listInvites({ orgId }: OrgAccess<'invites:read'>): Promise<InviteView[]> {
  return db()
    .select(inviteColumns)
    .from(orgInvites)
    .leftJoin(orgMembers, inviterMembership)
    .where(eq(orgInvites.orgId, orgId))
    .orderBy(desc(orgInvites.createdAt), desc(orgInvites.id))
    .limit(MAX_INVITES);
}
