import { count, eq } from 'drizzle-orm';
import type { Transaction } from '@/db/postgres';
import { orgMembers } from '@/db/schema';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';

/**
 * Throws member_limit when an org has as many members as PANDASTACK_MAX_MEMBERS_PER_ORG allows. For a transaction that holds the
 * org's lock: nobody else can join in between.
 */
export async function refuseFullOrg(tx: Transaction, orgId: string): Promise<void> {
  const [members] = await tx.select({ number: count() }).from(orgMembers).where(eq(orgMembers.orgId, orgId));
  const { membersPerOrg } = config().limits;
  if ((members?.number ?? 0) < membersPerOrg) return;
  throw new DomainError('member_limit', `An organization has at most ${membersPerOrg} members on this server`, {
    hint: 'Operators: see PANDASTACK_MAX_MEMBERS_PER_ORG.',
  });
}
