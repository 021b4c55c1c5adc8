import { and, count, eq, sql } from 'drizzle-orm';
import type { Transaction } from '@/db/postgres';
import { orgMembers } from '@/db/schema';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';

/**
 * Throws org_limit when a person owns as many orgs as PANDASTACK_MAX_ORGS_PER_USER allows. Until the transaction ends nothing else
 * can make them an owner: every way there asks here first, after it has locked the org it speaks of.
 */
export async function refuseTooManyOrgs(tx: Transaction, userId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`owner:${userId}`}, 0))`);
  const owned = and(eq(orgMembers.userId, userId), eq(orgMembers.role, 'owner'));
  const [orgs] = await tx.select({ number: count() }).from(orgMembers).where(owned);
  const { orgsPerUser } = config().limits;
  if ((orgs?.number ?? 0) < orgsPerUser) return;
  throw new DomainError('org_limit', `A person owns at most ${orgsPerUser} organizations on this server`, {
    hint: 'Give one to somebody else or delete it first. Operators: see PANDASTACK_MAX_ORGS_PER_USER.',
  });
}
