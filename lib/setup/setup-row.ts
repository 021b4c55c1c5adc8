import { and, asc, eq, isNull, notInArray, sql } from 'drizzle-orm';
import type { Database, Transaction } from '@/db/postgres';
import { orgMembers, serverSetup } from '@/db/schema';
import { config } from '@/lib/config';

export type Setup = typeof serverSetup.$inferSelect;
/** How a server came to its first owner. `created`: an org founded as the operator's policies allow; `earlier`: before anybody looked. */
export type Way = 'setup' | 'bootstrap' | 'command' | 'sql' | 'created' | 'earlier';

/** Locks the one row that says whether a first owner is awaited. Taken before any org, by all who may name one. */
export async function lockSetup(tx: Transaction): Promise<Setup> {
  const select = () => tx.select().from(serverSetup).for('no key update');
  const [row] = await select();
  if (row) return row;
  await tx.insert(serverSetup).values({}).onConflictDoNothing();
  const [made] = await select();
  if (!made) throw new Error('server_setup has no row');
  return made;
}

/** The earliest owner of any org whom somebody can sign in as. */
export async function findOwner(tx: Database | Transaction, { stubUserIds }: Pick<Setup, 'stubUserIds'>) {
  const [owner] = await tx
    .select({ orgId: orgMembers.orgId, userId: orgMembers.userId, email: orgMembers.email })
    .from(orgMembers)
    .where(and(eq(orgMembers.role, 'owner'), notInArray(orgMembers.userId, withConfigured(stubUserIds))))
    .orderBy(asc(orgMembers.joinedAt), asc(orgMembers.orgId))
    .limit(1);
  return owner;
}

/** Everybody who was the person of stub mode here, by the configuration of today too. */
export function withConfigured(stubUserIds: readonly string[]): string[] {
  return [...new Set([...stubUserIds, config().stub.userId])];
}

/** Ends the setup for good; one that has ended already stays as it is. */
export async function closeSetup(tx: Transaction, way: Way, userId: string): Promise<void> {
  await tx
    .update(serverSetup)
    .set({ closedAt: sql`now()`, closedBy: userId, closedWay: way, codeHash: null })
    .where(isNull(serverSetup.closedAt));
}
