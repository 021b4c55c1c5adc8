import { setTimeout as pause } from 'node:timers/promises';

const MOST_RETRIES = 3;
const LONGEST_PAUSE_MS = 50;
/** serialization_failure and deadlock_detected: the server undid the transaction, and the same work may well succeed now. */
const CONFLICTS = new Set(['40001', '40P01']);

/**
 * Carries out a transaction, again when it met another one and was undone for it. Nothing of an undone try stays in the database,
 * so `transact` may do nothing else that lasts. Throws what the last try threw.
 */
export async function retryConflicts<T>(transact: () => Promise<T>): Promise<T> {
  for (let retry = 0; ; retry++) {
    try {
      return await transact();
    } catch (error) {
      if (retry === MOST_RETRIES || !isConflict(error)) throw error;
      await pause(Math.random() * LONGEST_PAUSE_MS * (retry + 1));
    }
  }
}

/** Drizzle wraps what the driver throws. */
function isConflict(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if (cause.name === 'PostgresError' && 'code' in cause && CONFLICTS.has(String(cause.code))) return true;
  }
  return false;
}
