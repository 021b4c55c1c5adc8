import { randomUUIDv7 } from 'node:crypto';
import { db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import { clientOf } from '@/lib/auth/limit-failures';
import { hearRefusals, type Refusal } from '@/lib/auth/refusal-listener';
import { logger } from '@/lib/log';
import type { AuditAction } from './audit-actions';
import { NO_ORG } from './no-org';

/** Events a minute of one org, address and code; the rest of the minute is one event that says how many there were. */
const EACH_MINUTE = 5;
const MINUTE_MS = 60_000;
const TICK_MS = 1_000;
/** Different ones told apart in a minute; beyond that an attack from everywhere is counted by its code alone. */
const MOST_KINDS = 500;
/** Events that wait for Postgres; beyond that they are counted. */
const MOST_WAITING = 1_000;

interface Kind {
  told: number;
  leftOut: number;
  like: Refusal;
}

type Row = typeof auditOutbox.$inferInsert;

/**
 * Writes refused credentials and denied calls into the audit trail, beside the requests and not within them: what is not written yet
 * is lost when the process dies. Returns what writes the rest and ends it.
 */
export function startRefusalLog(): () => Promise<void> {
  const log = new RefusalLog();
  const deafen = hearRefusals((refusal) => log.take(refusal));
  const timer = setInterval(() => void log.tick(), TICK_MS).unref();
  return async () => {
    deafen();
    clearInterval(timer);
    await log.close();
  };
}

/** The counting behind startRefusalLog(); a class so that tests may have their own minute. */
export class RefusalLog {
  private kinds = new Map<string, Kind>();
  private waiting: Row[] = [];
  private since = Date.now();
  private writing = false;

  /** Costs a map entry. Never throws. */
  take(refusal: Refusal): void {
    const kind = this.kindOf(refusal);
    if (kind.told >= EACH_MINUTE || this.waiting.length >= MOST_WAITING) {
      kind.leftOut += 1;
      return;
    }
    kind.told += 1;
    this.waiting.push(rowOf(refusal, {}));
  }

  /** Writes what waits and ends a minute that is over. Never throws: what Postgres does not take is tried again. */
  async tick(): Promise<void> {
    if (Date.now() - this.since >= MINUTE_MS) this.endMinute();
    if (this.writing || this.waiting.length === 0) return;
    this.writing = true;
    const batch = [...this.waiting];
    try {
      await db().insert(auditOutbox).values(batch);
      this.waiting.splice(0, batch.length);
    } catch (error) {
      logger().debug({ err: error }, 'refusals wait for Postgres');
    } finally {
      this.writing = false;
    }
  }

  async close(): Promise<void> {
    this.endMinute();
    await this.tick();
  }

  /** Tells how many were left out, and begins anew. */
  endMinute(): void {
    for (const { leftOut, like } of this.kinds.values()) {
      if (leftOut > 0 && this.waiting.length < 2 * MOST_WAITING) this.waiting.push(rowOf(like, { left_out: leftOut }));
    }
    this.kinds.clear();
    this.since = Date.now();
  }

  private kindOf(refusal: Refusal): Kind {
    const { orgId, code, origin } = refusal;
    const precise = `${orgId} ${code} ${clientOf(origin.ip)}`;
    const name = this.kinds.has(precise) || this.kinds.size < MOST_KINDS ? precise : code;
    const known = this.kinds.get(name);
    if (known) return known;
    const like = name === code ? { ...refusal, orgId: '', actorId: '', origin: { ...origin, ip: '', requestId: '' } } : refusal;
    // What is counted by its code alone is only counted.
    const kind = { told: name === code ? EACH_MINUTE : 0, leftOut: 0, like };
    this.kinds.set(name, kind);
    return kind;
  }
}

/** A code, a route and an address: nothing that a stranger typed, and no name. */
function rowOf({ code, kind, route, origin, actorId, orgId }: Refusal, more: Record<string, number>): Row {
  const action: AuditAction = kind === 'credential' ? 'auth.refused' : 'access.denied';
  const payload = {
    actor_id: actorId,
    actor_type: actorId === '' ? 'unknown' : actorId.startsWith('token:') ? 'token' : 'user',
    action,
    target_type: 'route',
    target_id: route,
    request_id: origin.requestId,
    ip: origin.ip.replaceAll('\0', '').toWellFormed().slice(0, 64),
    user_agent: '',
    metadata: JSON.stringify({ code, ...more }),
  };
  return { id: randomUUIDv7(), orgId: orgId || NO_ORG, payload };
}
