import { inArray, sql } from 'drizzle-orm';
import { clickhouse } from '@/db/clickhouse';
import { db, type Transaction } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import { logger } from '@/lib/log';

const BATCH = 500;
const POLL_MS = 2_000;
/** A kick comes from inside the transaction: its commit is a moment away. */
const KICK_DELAY_MS = 50;
const MAX_BACK_OFF_MS = 60_000;

interface Drainer {
  timer: NodeJS.Timeout | undefined;
  dueAt: number;
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
  const drainer = globalThis.__pandastackAuditDrainer ?? { timer: undefined, dueAt: 0, failures: 0, stopped: false };
  if (!globalThis.__pandastackAuditDrainer) {
    globalThis.__pandastackAuditDrainer = drainer;
    schedule(drainer, 0);
  }
  return { stop: () => stopDrainer(drainer) };
}

/** Makes a fresh event show at once instead of at the next poll. Does nothing while ClickHouse is being waited for. */
export function kickAuditDrainer(): void {
  const drainer = globalThis.__pandastackAuditDrainer;
  if (drainer && drainer.failures === 0) schedule(drainer, KICK_DELAY_MS);
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
  try {
    await drainAuditOutbox();
    if (drainer.failures > 0) logger().info('audit events are shipped again');
    drainer.failures = 0;
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
    const shipped = await shipBatch();
    total += shipped;
    if (shipped < BATCH) return total;
  }
}

type OutboxRow = typeof auditOutbox.$inferSelect;

/**
 * Deletes after ClickHouse has the rows, so a crash in between delivers them twice and never loses one; the table there melts
 * copies by event_id. Other drainers skip the locked rows.
 */
async function shipBatch(): Promise<number> {
  let ids: string[] = [];
  try {
    return await db().transaction(async (tx) => {
      const rows = await lockBatch(tx);
      if (rows.length === 0) return 0;
      ids = rows.map((row) => row.id);
      const client = await clickhouse();
      await client.insert({ table: 'pandastack.audit_log', values: rows.map(toEvent), format: 'JSONEachRow' });
      await tx.delete(auditOutbox).where(inArray(auditOutbox.id, ids));
      return rows.length;
    });
  } catch (error) {
    await countAttempt(ids);
    throw error;
  }
}

function lockBatch(tx: Transaction): Promise<OutboxRow[]> {
  return tx
    .select()
    .from(auditOutbox)
    .orderBy(auditOutbox.createdAt, auditOutbox.id)
    .limit(BATCH)
    .for('update', { skipLocked: true });
}

/** For the operator's eyes: how often an event was tried. Must not hide the failure that led here. */
async function countAttempt(ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await db()
    .update(auditOutbox)
    .set({ attempts: sql`${auditOutbox.attempts} + 1` })
    .where(inArray(auditOutbox.id, ids))
    .catch(() => {});
}

/** ClickHouse reads a number for a DateTime64(3) as milliseconds, whatever its time zone. */
function toEvent({ id, orgId, createdAt, payload }: OutboxRow): Record<string, unknown> {
  return { ...payload, event_id: id, workspace_id: orgId, ts: createdAt.getTime() };
}
