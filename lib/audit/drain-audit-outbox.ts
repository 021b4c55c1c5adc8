import { logger } from '@/lib/log';
import { claimEvents } from './claim-events';
import { shipEvents } from './ship-events';

/** Some hundred KB: little to hold in memory, enough that an hour's backlog leaves in minutes. */
const BATCH = 1_000;
const POLL_MS = 2_000;
/** A kick comes from inside the transaction: its commit is a moment away. */
const KICK_DELAY_MS = 50;
/** A busy server ships once a second, not once a change: ClickHouse makes a file of every insert. */
const BETWEEN_PASSES_MS = 1_000;
const MAX_BACK_OFF_MS = 60_000;

interface Drainer {
  timer: NodeJS.Timeout | undefined;
  dueAt: number;
  /** When the last pass began or ended, by Date.now(). */
  passedAt: number;
  failures: number;
  stopped: boolean;
}

declare global {
  var __pandastackAuditDrainer: Drainer | undefined;
  var __pandastackAuditPass: Promise<unknown> | undefined;
}

/**
 * Ships what the outbox holds, in the order it was written, and returns how many events left. Events committed before the call are
 * among them, unless another process is shipping them. Throws when Postgres or ClickHouse is away; everything then stays.
 */
export function drainAuditOutbox(): Promise<number> {
  const pass = (globalThis.__pandastackAuditPass ?? Promise.resolve()).then(shipAll);
  globalThis.__pandastackAuditPass = pass.catch(() => {});
  return pass;
}

/** Drains in the background until stopped; one loop a process. `stop` ends with a last pass. */
export function startAuditDrainer(): { stop: () => Promise<void> } {
  const drainer = globalThis.__pandastackAuditDrainer ?? { timer: undefined, dueAt: 0, passedAt: 0, failures: 0, stopped: false };
  if (!globalThis.__pandastackAuditDrainer) {
    globalThis.__pandastackAuditDrainer = drainer;
    schedule(drainer, 0);
  }
  return { stop: () => stopDrainer(drainer) };
}

/** Makes a fresh event show within a second instead of at the next poll. Does nothing while ClickHouse is being waited for. */
export function kickAuditDrainer(): void {
  const drainer = globalThis.__pandastackAuditDrainer;
  if (!drainer || drainer.failures > 0) return;
  schedule(drainer, Math.max(KICK_DELAY_MS, drainer.passedAt + BETWEEN_PASSES_MS - Date.now()));
}

async function stopDrainer(drainer: Drainer): Promise<void> {
  if (drainer.stopped) return;
  drainer.stopped = true;
  clearTimeout(drainer.timer);
  globalThis.__pandastackAuditDrainer = undefined;
  await drainAuditOutbox().catch((error: unknown) => {
    logger().warn({ err: error }, 'audit events stay in the outbox until the next start');
  });
}

/** The earlier of two appointments stands, so that a stream of kicks cannot push the next pass ahead of itself. */
function schedule(drainer: Drainer, delayMs: number): void {
  const dueAt = Date.now() + delayMs;
  if (drainer.stopped || (drainer.timer && drainer.dueAt <= dueAt)) return;
  clearTimeout(drainer.timer);
  drainer.dueAt = dueAt;
  drainer.timer = setTimeout(() => void drainAndGoOn(drainer), delayMs).unref();
}

async function drainAndGoOn(drainer: Drainer): Promise<void> {
  drainer.timer = undefined;
  drainer.passedAt = Date.now();
  try {
    await drainAuditOutbox();
    if (drainer.failures > 0) logger().info('audit events are shipped again');
    drainer.failures = 0;
    drainer.passedAt = Date.now();
    schedule(drainer, POLL_MS);
  } catch (error) {
    const backOffMs = Math.min(MAX_BACK_OFF_MS, 1_000 * 2 ** drainer.failures);
    drainer.failures += 1;
    logger().warn({ err: error, failures: drainer.failures }, 'audit events wait in the outbox');
    // Jitter, so that replicas do not all return in one moment.
    schedule(drainer, backOffMs * (0.5 + Math.random() / 2));
  }
}

async function shipAll(): Promise<number> {
  let total = 0;
  for (;;) {
    const events = await claimEvents(BATCH);
    if (events.length > 0) total += await shipEvents(events);
    if (events.length < BATCH) return total;
  }
}
