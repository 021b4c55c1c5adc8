import { pruneBilling } from './billing/prune-billing';
import { pruneCreates } from './gateway/claim-quota';
import { pruneTickets } from './gateway/issue-ticket';
import { pruneAnswers } from './idempotency/claim-key';
import { pruneLimits } from './limits/prune-limits';
import { logger } from './log';
import { type Repetition, repeat } from './repeat';

const EVERY_MS = 10 * 60_000;
const SPREAD_MS = 60_000;

/** Removes now and then what has ended by itself and only takes room. */
export function startHousekeeping(): Repetition {
  const onFailure = 'what has ended is removed the next time';
  return repeat(keepHouse, { everyMs: EVERY_MS, spreadMs: SPREAD_MS, firstMs: EVERY_MS, onFailure });
}

async function keepHouse(): Promise<void> {
  for (const prune of [pruneAnswers, pruneLimits, pruneTickets, pruneCreates, pruneBilling]) {
    await prune().catch((error: unknown) => logger().warn({ err: error }, 'what has ended is removed the next time'));
  }
}
