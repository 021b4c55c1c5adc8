import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '@/db/postgres';
import { orgInvites, orgMembers, orgs } from '@/db/schema';
import type { ConfirmedUser } from '@/lib/auth/confirm-user';
import { answeredTime } from '@/lib/input/answer-fields';
import { lowerAscii } from '@/lib/input/fields';
import { inviteState, unanswered } from './invite-state';
import { maskEmail } from './mask-email';
import { invitedRole, inviterMembership } from './present-invite';

export interface MyInvite {
  id: string;
  orgName: string;
  role: string;
  inviterEmail: string | null;
  expiresAt: Date;
}

const MAX_INVITES = 100;

/** Open invites addressed to the person's proven address. Without secrets: the link in the mail stays the key. */
export async function listMyInvites(user: ConfirmedUser): Promise<MyInvite[]> {
  const rows = await db()
    .select({
      id: orgInvites.id,
      orgName: orgs.name,
      role: orgInvites.role,
      inviterEmail: orgMembers.email,
      expiresAt: orgInvites.expiresAt,
    })
    .from(orgInvites)
    .innerJoin(orgs, eq(orgs.id, orgInvites.orgId))
    .innerJoin(orgMembers, inviterMembership)
    .where(
      and(
        eq(sql`lower(${orgInvites.email})`, lowerAscii(user.verifiedEmail)),
        unanswered(),
        sql`${inviteState} = 'open'`,
        sql`${orgMembers.role} in ('owner', 'admin')`,
      ),
    )
    .orderBy(orgInvites.createdAt)
    .limit(MAX_INVITES);
  return rows.map((row) => ({ ...row, inviterEmail: row.inviterEmail && maskEmail(row.inviterEmail) }));
}

/** A pending invite as /v1 tells it. */
export function presentMyInvite({ id, orgName, role, inviterEmail, expiresAt }: MyInvite) {
  return { id, org_name: orgName, role, inviter_email: inviterEmail, expires_at: expiresAt };
}

export const myInviteAnswer = z
  .object({
    id: z.guid(),
    org_name: z.string(),
    role: invitedRole,
    inviter_email: z.string().nullable().meta({ description: 'Masked.' }),
    expires_at: answeredTime,
  })
  .meta({ id: 'MyInvite', description: 'An open invitation to the caller. The link in the mail stays the key to it.' });
