import { sql } from 'drizzle-orm';
import { db, type Transaction } from '@/db/postgres';
import { serverSetup } from '@/db/schema';
import { recordAudit } from '@/lib/audit/record-audit';
import { config } from '@/lib/config';
import { handOverStubRows } from './hand-over-stub-rows';
import { operatorActor } from './operator';
import { closeSetup, findOwner, lockSetup, type Setup, withConfigured } from './setup-row';

/**
 * Looks whether the first owner has come by SQL, which cannot tell us, and ends the setup then: what stub mode left goes to them.
 * Owners from before the first look are nobody's first: nothing is handed to them. Returns what is true now.
 */
export async function settleSetup(): Promise<{ open: boolean; codeHash: string | null }> {
  return db().transaction(async (tx) => {
    const setup = await lockSetup(tx);
    await rememberStubUser(tx, setup);
    if (setup.closedAt !== null) return { open: false, codeHash: null };
    const owner = await findOwner(tx, setup);
    if (!owner) {
      if (setup.openedAt === null) await tx.update(serverSetup).set({ openedAt: sql`now()` });
      return { open: config().mode !== 'stub', codeHash: setup.codeHash };
    }
    const way = setup.openedAt === null ? 'earlier' : 'sql';
    await closeSetup(tx, way, owner.userId);
    if (way === 'sql') await welcome(tx, setup, owner);
    return { open: false, codeHash: null };
  });
}

async function rememberStubUser(tx: Transaction, { stubUserIds }: Setup): Promise<void> {
  const known = withConfigured(stubUserIds);
  if (known.length > stubUserIds.length) await tx.update(serverSetup).set({ stubUserIds: known });
}

type Owner = NonNullable<Awaited<ReturnType<typeof findOwner>>>;

async function welcome(tx: Transaction, { stubUserIds }: Setup, { orgId, userId, email }: Owner): Promise<void> {
  const actor = operatorActor();
  await handOverStubRows(tx, { stubUserIds: withConfigured(stubUserIds), person: { userId, email }, actor });
  const metadata = { email, to: userId, way: 'sql', change: 'founded' };
  await recordAudit(tx, { orgId, actor, action: 'org.owner_named', targetType: 'org', targetId: orgId, metadata });
}
