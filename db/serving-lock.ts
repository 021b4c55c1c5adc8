import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { logger } from '@/lib/log';
import { type Database, withSession } from './postgres';

// Any number that nobody else uses in this database. Each serving process holds it as a shared advisory lock of a session of its own,
// which Postgres takes back the moment that session ends, however the process does: no mark is left behind. A restore takes it
// alone for its transaction, so it knows of servers on any machine, and those that start meanwhile wait for it. Behind a
// transaction pooler nobody holds a session, and nobody can tell.
const SERVING_LOCK = sql.raw('727004');
/** A session that was lost (Postgres restarted) is replaced, and idle ones are not closed. */
const LOOK_EVERY_MS = 5_000;
const RESTORE_POLL_MS = 500;

/** Says to restores that this process works on the open database; waits while one is running. Returns what ends that. */
export async function markServing(): Promise<() => Promise<void>> {
  const [began, ending] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const marked = withSession(async (session) => {
    for (let told = false; (await mark(session).catch(() => true)) === false; told = true) {
      if (!told) logger().warn('a backup is being restored into the database; starting once that is done');
      await pause(RESTORE_POLL_MS);
    }
    began.resolve();
    const end = keepMarked(session);
    await ending.promise;
    end();
  });
  await Promise.race([began.promise, marked]);
  return async () => {
    ending.resolve();
    await marked;
  };
}

/** A session whose network is gone answers late or never, and questions must not pile up in it. */
function keepMarked(session: Database): () => void {
  let asking = false;
  const look = async () => {
    if (asking) return;
    asking = true;
    await mark(session).catch(() => {});
    asking = false;
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS).unref();
  return () => clearInterval(timer);
}

/** False while a restore is running. */
async function mark(session: Database): Promise<boolean> {
  const [row] = await session.execute<{ held: boolean }>(sql`
    select case when exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and objid = ${SERVING_LOCK})
      then true else pg_try_advisory_lock_shared(${SERVING_LOCK}) end as held`);
  return row?.held === true;
}

/** Whether no process serves from this database, and until the end of the transaction none begins to. */
export async function keepServersOut(tx: Pick<Database, 'execute'>): Promise<boolean> {
  const [row] = await tx.execute<{ alone: boolean }>(sql`select pg_try_advisory_xact_lock(${SERVING_LOCK}) as alone`);
  return row?.alone === true;
}
