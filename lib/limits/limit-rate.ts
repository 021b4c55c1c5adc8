import { createHash } from 'node:crypto';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { db } from '@/db/postgres';
import type { RequestOrigin } from '@/lib/auth/actor';
import { clientOf } from '@/lib/auth/limit-failures';
import { DomainError } from '@/lib/errors';

const MINUTE_S = 60;
const HOUR_S = 3_600;
const MAX_ADDRESS = 64;

/** What is limited: how often a person, and how often one client address, may do it in a window of time. */
export const LIMITS = {
  'orgs:create': { perUser: 30, perAddress: 300, windowS: HOUR_S },
  /** Tries of the setup code. */
  'setup:claim': { perUser: 20, perAddress: 60, windowS: HOUR_S },
  'tokens:create': { perUser: 60, perAddress: 300, windowS: MINUTE_S },
  'invites:send': { perUser: 120, perAddress: 600, windowS: MINUTE_S },
  /** Links that open no invite: whoever holds a right one is never counted. */
  'invites:guess': { perAddress: 60, windowS: MINUTE_S },
} as const satisfies Record<string, Limit>;

export type LimitedAction = keyof typeof LIMITS;

interface Limit {
  perUser?: number;
  perAddress: number;
  windowS: number;
}

/** Whom an action is counted for; an Actor is one. Without an address (tests, in-process calls) none is counted. */
interface Caller {
  userId?: string;
  origin: Pick<RequestOrigin, 'ip'>;
}

/**
 * Counts an action for its caller, over all replicas, and throws rate_limited once it was done too often. Costs a query a count,
 * so it stands before rare writes and never before a read. Without Postgres it throws too: what it guards could not happen either.
 */
export async function limitRate(action: LimitedAction, { userId, origin }: Caller): Promise<void> {
  const { perUser, perAddress, windowS }: Limit = LIMITS[action];
  if (perUser && userId) await consume(`${action}:user`, userId, { points: perUser, duration: windowS });
  // With one proxy fewer than configured the address is whatever its sender wrote.
  const client = clientOf(origin.ip).slice(0, MAX_ADDRESS);
  if (client) await consume(`${action}:address`, client, { points: perAddress, duration: windowS });
}

/** Mails that strangers may cause to one mailbox, from all orgs together. */
const MAILS_PER_RECIPIENT = { points: 5, duration: 24 * HOUR_S };

/**
 * Counts an invite's mail for its recipient, over all orgs and replicas. False once a day's worth went there: the mail is then held
 * back, and nobody learns from a refusal that others invite the same person. Kept as a digest, so the table names nobody.
 */
export async function mayMailRecipient(email: string): Promise<boolean> {
  const subject = createHash('sha256').update(email.toLowerCase()).digest('hex');
  try {
    await consume('invites:recipient', subject, MAILS_PER_RECIPIENT);
    return true;
  } catch (thrown) {
    if (thrown instanceof DomainError && thrown.code === 'rate_limited') return false;
    throw thrown;
  }
}

async function consume(name: string, subject: string, limit: { points: number; duration: number }): Promise<void> {
  try {
    await limiterOf(name, limit).consume(subject);
  } catch (thrown) {
    if (!isOverLimit(thrown)) throw thrown;
    throw new DomainError('rate_limited', 'This was done too often in a short time', {
      hint: 'Wait as long as the Retry-After header says, then try again.',
      retryAfterSeconds: Math.max(1, Math.ceil(thrown.msBeforeNext / 1000)),
    });
  }
}

/** By its shape: the limiter may come from the other bundle of this process, whose classes are not ours. */
function isOverLimit(thrown: unknown): thrown is { msBeforeNext: number } {
  return typeof thrown === 'object' && thrown !== null && 'msBeforeNext' in thrown;
}

const holder = globalThis as typeof globalThis & { __pandastackLimiters?: Map<string, RateLimiterPostgres> };

function limiterOf(name: string, { points, duration }: { points: number; duration: number }): RateLimiterPostgres {
  holder.__pandastackLimiters ??= new Map();
  const found = holder.__pandastackLimiters.get(name);
  if (found) return found;
  const limiter = new RateLimiterPostgres({
    storeClient: throughOurDoor,
    storeType: 'client',
    tableName: 'rate_limits',
    tableCreated: true,
    clearExpiredByTimeout: false, // lib/housekeeping.ts does it, for all limits at once.
    keyPrefix: name,
    points,
    duration,
    // Whoever is over the limit is refused from memory: a flood does not reach Postgres.
    inMemoryBlockOnConsumed: points,
  });
  holder.__pandastackLimiters.set(name, limiter);
  return limiter;
}

/** What the library knows as a client of `pg`, over the pool of this process. */
const throughOurDoor = {
  async query({ text, values }: { text: string; values: (string | number | null)[] }) {
    const rows = await db().$client.unsafe(text, values);
    return { rows, rowCount: rows.length };
  },
};
