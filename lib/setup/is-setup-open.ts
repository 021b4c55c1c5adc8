import { db } from '@/db/postgres';
import { serverSetup } from '@/db/schema';
import { config } from '@/lib/config';
import { findOwner } from './setup-row';

const holder = globalThis as typeof globalThis & { __pandastackSetupClosed?: boolean };

/**
 * Whether this server still waits for its first owner, for showing or hiding what leads there: claimSetup() decides. Asks nobody
 * once the answer was no, for it never becomes yes again. Throws when the database is away.
 */
export async function isSetupOpen(): Promise<boolean> {
  if (holder.__pandastackSetupClosed || config().mode === 'stub') return false;
  const [setup] = await db().select().from(serverSetup);
  if (setup?.closedAt) holder.__pandastackSetupClosed = true;
  return setup !== undefined && setup.closedAt === null && !(await findOwner(db(), setup));
}
