import { sql } from 'drizzle-orm';
import { db, listenTo } from '@/db/postgres';
import { keyDrops } from '@/db/schema';
import { logger } from '@/lib/log';
import { dropKeys } from './drop-keys';

const CHANNEL = 'pandastack_key_drops';
/** For databases behind a transaction pooler, where nothing that is notified arrives. */
const LOOK_EVERY_MS = 15_000;

/** Has every replica forget its verification keys: at once where it can listen to the database, within 15 seconds elsewhere. */
export async function dropKeysEverywhere(): Promise<void> {
  await db().transaction(async (tx) => {
    const again = { count: sql`${keyDrops.count} + 1`, droppedAt: sql`now()` };
    await tx.insert(keyDrops).values({}).onConflictDoUpdate({ target: keyDrops.id, set: again });
    await tx.execute(sql`select pg_notify(${CHANNEL}, '')`);
  });
}

/** Drops this process's keys whenever an operator asks for it. Never throws; returns what ends the watch. */
export async function watchKeyDrops(): Promise<() => Promise<void>> {
  let seen: number | null = null;
  const look = async () => {
    const count = await countDrops();
    const dropped = seen !== null && count !== seen;
    seen = count;
    if (!dropped) return;
    dropKeys();
    logger().warn({ event: 'keys_dropped' }, 'the verification keys were dropped on an operator’s command');
  };
  const lookAgain = () => void look().catch(tellUnheard);
  await look().catch(tellUnheard);
  const unlisten = await listenTo(CHANNEL, { heard: lookAgain, began: lookAgain }).catch(tellUnheard);
  const timer = setInterval(lookAgain, LOOK_EVERY_MS).unref();
  return async () => {
    clearInterval(timer);
    await unlisten?.();
  };
}

async function countDrops(): Promise<number> {
  const [row] = await db().select({ count: keyDrops.count }).from(keyDrops);
  return row?.count ?? 0;
}

function tellUnheard(error: unknown): undefined {
  logger().debug({ err: error }, 'the database could not be asked whether keys were dropped');
}
