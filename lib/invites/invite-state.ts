import { and, isNull, type SQL, sql } from 'drizzle-orm';
import { orgInvites } from '@/db/schema';

export const inviteStates = ['open', 'expired', 'accepted', 'declined', 'revoked'] as const;
export type InviteState = (typeof inviteStates)[number];

/** Neither accepted, declined nor revoked: what the unique index counts as open, expired or not. */
export const unanswered = (): SQL | undefined =>
  and(isNull(orgInvites.acceptedAt), isNull(orgInvites.declinedAt), isNull(orgInvites.revokedAt));

/** The state by the database's clock. A revocation after the expiry only made room for a successor. */
export const inviteState = sql<InviteState>`case
  when ${orgInvites.acceptedAt} is not null then 'accepted'
  when ${orgInvites.declinedAt} is not null then 'declined'
  when ${orgInvites.revokedAt} < ${orgInvites.expiresAt} then 'revoked'
  when ${orgInvites.expiresAt} <= now() then 'expired'
  when ${orgInvites.revokedAt} is not null then 'revoked'
  else 'open' end`;
