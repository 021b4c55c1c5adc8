import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '@/db/postgres';
import { apiTokens, orgInvites, userCurrentOrg } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { answeredRole, answeredTime } from '@/lib/input/answer-fields';
import { openInvitesOf, tokensOf } from './end-membership';
import { getMember, isLastOwner, refuseUnlessAbove } from './find-member';
import { type MemberView, memberAnswer, presentMember } from './list-members';

export interface Offboarding {
  member: MemberView;
  tokens: { id: string; label: string; prefix: string; lastUsedAt: Date | null; expiresAt: Date | null }[];
  invites: { id: string; email: string; role: string; expiresAt: Date }[];
  /** They work in this org: their next page is another one, or none. */
  isCurrentOrg: boolean;
  /** They cannot go: an org always has an owner. */
  isLastOwner: boolean;
}

/**
 * What would end with a membership, as removeMember and leaveOrg would end it at this moment. Changes nothing.
 * Throws member_not_found, or forbidden where the caller may not remove this member.
 */
export async function previewOffboarding(
  { actor, orgId, role }: OrgAccess<'members:remove' | 'org:leave'>,
  userId: string,
): Promise<Offboarding> {
  return db().transaction(
    async (tx) => {
      const member = await getMember(tx, orgId, userId);
      if (actor.userId !== userId) refuseUnlessAbove(role, member);
      const { id, label, prefix, lastUsedAt, expiresAt } = apiTokens;
      const tokens = await tx
        .select({ id, label, prefix, lastUsedAt, expiresAt })
        .from(apiTokens)
        .where(tokensOf(orgId, userId))
        .orderBy(asc(apiTokens.createdAt));
      const invites = await tx
        .select({ id: orgInvites.id, email: orgInvites.email, role: orgInvites.role, expiresAt: orgInvites.expiresAt })
        .from(orgInvites)
        .where(openInvitesOf(orgId, userId))
        .orderBy(asc(orgInvites.createdAt));
      const current = and(eq(userCurrentOrg.userId, userId), eq(userCurrentOrg.orgId, orgId));
      const isCurrentOrg = (await tx.$count(userCurrentOrg, current)) > 0;
      return { member, tokens, invites, isCurrentOrg, isLastOwner: await isLastOwner(tx, orgId, member) };
    },
    // One moment for all of it.
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** A preview as /v1 tells it. */
export function presentOffboarding({ member, tokens, invites, isCurrentOrg, isLastOwner }: Offboarding) {
  return {
    member: presentMember(member),
    tokens: tokens.map(({ id, label, prefix, lastUsedAt, expiresAt }) => ({
      id,
      label,
      prefix,
      last_used_at: lastUsedAt,
      expires_at: expiresAt,
    })),
    invites: invites.map(({ id, email, role, expiresAt }) => ({ id, email, role, expires_at: expiresAt })),
    is_current_org: isCurrentOrg,
    is_last_owner: isLastOwner,
  };
}

export const offboardingAnswer = z
  .object({
    member: memberAnswer,
    tokens: z.array(
      z.object({
        id: z.guid(),
        label: z.string(),
        prefix: z.string(),
        last_used_at: answeredTime.nullable(),
        expires_at: answeredTime.nullable(),
      }),
    ),
    invites: z.array(z.object({ id: z.guid(), email: z.string(), role: answeredRole, expires_at: answeredTime })),
    is_current_org: z.boolean().meta({ description: 'They work in this organization at the moment.' }),
    is_last_owner: z.boolean().meta({ description: 'They cannot go: an organization always has an owner.' }),
  })
  .meta({ id: 'Offboarding', description: 'What ends with a membership.' });
