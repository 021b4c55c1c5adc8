import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '@/db/postgres';
import { orgMembers } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { answeredRole, answeredTime, answeredUserId } from '@/lib/input/answer-fields';

export interface MemberView {
  userId: string;
  email: string;
  role: string;
  joinedAt: Date;
}

/** Everybody in the org, longest-standing first. */
export async function listMembers({ orgId }: OrgAccess<'members:read'>): Promise<MemberView[]> {
  return db()
    .select({ userId: orgMembers.userId, email: orgMembers.email, role: orgMembers.role, joinedAt: orgMembers.joinedAt })
    .from(orgMembers)
    .where(eq(orgMembers.orgId, orgId))
    .orderBy(orgMembers.joinedAt, orgMembers.userId);
}

/** A member as /v1 tells it. */
export function presentMember({ userId, email, role, joinedAt }: MemberView) {
  return { user_id: userId, email, role, joined_at: joinedAt };
}

export const memberAnswer = z
  .object({ user_id: answeredUserId, email: z.string(), role: answeredRole, joined_at: answeredTime })
  .meta({ id: 'Member', description: 'Somebody who belongs to an organization.' });
