import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '@/db/postgres';
import { orgInvites } from '@/db/schema';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { unanswered } from './invite-state';

/** A full list of 100 and some more: nobody types faster, a script does. */
const PER_ORG_AND_MINUTE = 120;
const MINUTE_S = 60;

/**
 * Throws invite_limit when an org has as many open invites as PANDASTACK_MAX_OPEN_INVITES_PER_ORG allows, and rate_limited when it made too many
 * within a minute, revoked ones counted. For a transaction that holds the org's lock: nobody else can invite in between.
 */
export async function refuseTooManyInvites(tx: Transaction, orgId: string): Promise<void> {
  const lastMinute = sql`${orgInvites.createdAt} > now() - make_interval(secs => ${MINUTE_S})`;
  const isOpen = sql`${unanswered()} and ${orgInvites.expiresAt} > now()`;
  const [row] = await tx
    .select({
      open: sql<number>`count(*) filter (where ${isOpen})::int`,
      recent: sql<number>`count(*) filter (where ${lastMinute})::int`,
    })
    .from(orgInvites)
    .where(and(eq(orgInvites.orgId, orgId), sql`(${isOpen} or ${lastMinute})`));
  const { openInvitesPerOrg } = config().limits;
  if ((row?.open ?? 0) >= openInvitesPerOrg) {
    throw new DomainError('invite_limit', `An organization has at most ${openInvitesPerOrg} open invitations on this server`, {
      hint: 'Revoke those that are no longer needed. Operators: see PANDASTACK_MAX_OPEN_INVITES_PER_ORG.',
    });
  }
  if ((row?.recent ?? 0) < PER_ORG_AND_MINUTE) return;
  throw new DomainError('rate_limited', `An organization invites at most ${PER_ORG_AND_MINUTE} people a minute`, {
    hint: 'Wait as long as the Retry-After header says, then try again.',
    retryAfterSeconds: MINUTE_S,
  });
}
