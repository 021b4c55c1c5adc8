import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { positionAt, rowsAfter } from '@/db/keyset';
import { db } from '@/db/postgres';
import { orgInvites, orgMembers, orgs } from '@/db/schema';
import type { ConfirmedUser } from '@/lib/auth/confirm-user';
import { answeredTime } from '@/lib/input/answer-fields';
import { lowerAscii } from '@/lib/input/fields';
import { cutPage, MAX_LIMIT, type Page, type PageQuery, readCursor } from '@/lib/input/page-query';
import { domainOf } from '@/lib/orgs/allowed-domains';
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

/**
 * A page of the open invites addressed to the person's proven address, newest first. Without secrets: the link in the mail stays
 * the key. Whom single sign-on vouches for sees those of orgs that take its word. Throws validation_failed for a cursor of another list.
 */
export async function listMyInvites(
  user: ConfirmedUser,
  { limit, cursor }: PageQuery = { limit: MAX_LIMIT },
): Promise<Page<MyInvite>> {
  const address = lowerAscii(user.verifiedEmail);
  const list = `invites to ${address}`;
  const rows = await db()
    .select({
      id: orgInvites.id,
      at: positionAt(orgInvites.createdAt),
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
        eq(sql`lower(${orgInvites.email})`, address),
        unanswered(),
        sql`${inviteState} = 'open'`,
        sql`${orgMembers.role} in ('owner', 'admin')`,
        user.fromSso ? sql`${domainOf(address)} = any(${orgs.allowedEmailDomains})` : undefined,
        rowsAfter(orgInvites.createdAt, orgInvites.id, readCursor(list, cursor)),
      ),
    )
    .orderBy(desc(orgInvites.createdAt), desc(orgInvites.id))
    .limit(limit + 1);
  const { items, nextCursor } = cutPage(list, rows, limit);
  return { items: items.map((row) => ({ ...row, inviterEmail: row.inviterEmail && maskEmail(row.inviterEmail) })), nextCursor };
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
