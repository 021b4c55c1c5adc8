import { pruneBilling } from './billing/prune-billing';
import { pruneCreates } from './gateway/claim-quota';
import { pruneTickets } from './gateway/issue-ticket';
import { pruneAnswers } from './idempotency/claim-key';
import { pruneLimits } from './limits/prune-limits';
import { logger } from './log';

const EVERY_MS = 10 * 60_000;
/** Replicas that were started together do not all come at once. */
const SPREAD_MS = 60_000;

/** Removes now and then what has ended by itself and only takes room. Returns what stops it. */
export function startHousekeeping(): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const schedule = () => {
    if (stopped) return;
    timer = setTimeout(() => void keepHouse().finally(schedule), EVERY_MS + Math.random() * SPREAD_MS).unref();
  };
  schedule();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

async function keepHouse(): Promise<void> {
  for (const prune of [pruneAnswers, pruneLimits, pruneTickets, pruneCreates, pruneBilling]) {
    await prune().catch((error: unknown) => logger().warn({ err: error }, 'what has ended is removed the next time'));
  }
}
