import type { Transaction } from '@/db/postgres';
import { countInTransaction } from '@/lib/limits/count-in-transaction';

/** Counts an invitation on its way, for its org and for its address over all orgs, in that order. Throws rate_limited. */
export async function countSending(tx: Transaction, orgId: string, email: string): Promise<void> {
  await countInTransaction(tx, 'invites:org', orgId);
  await countInTransaction(tx, 'invites:recipient', email);
}
