import { createHash } from 'node:crypto';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { idempotencyKeys } from '@/db/schema';
import { DomainError } from '@/lib/errors';
import { openAnswer, sealAnswer } from './seal-answer';

const LIFETIME = sql`interval '24 hours'`;
const RETRY_AFTER_S = 2;

/** A request that is to happen once: whose it is, the value of its Idempotency-Key and the digest of what it asks. */
export interface OnceOnly {
  actorKey: string;
  key: string;
  fingerprint: string;
}

export interface KeptAnswer {
  status: number;
  body: unknown;
}

/**
 * Takes the key for a request that is about to run and returns undefined, or returns the answer its first run has had.
 * Throws idempotency_key_reused for another request under the same key, request_in_progress while the first has no answer. None of its
 * kind runs longer than `longestSeconds`: one that began earlier and has no answer lost its process, or its outcome.
 */
export async function claimKey(once: OnceOnly, longestSeconds: number): Promise<KeptAnswer | undefined> {
  const { actorKey, key, fingerprint } = once;
  const fresh = { fingerprint, status: null, answer: null, createdAt: sql`now()` };
  const claimed = await db()
    .insert(idempotencyKeys)
    .values({ actorKey, keyHash: hashOf(key), ...fresh })
    .onConflictDoUpdate({
      target: [idempotencyKeys.actorKey, idempotencyKeys.keyHash],
      set: fresh,
      // A key that was not pruned yet has ended all the same.
      setWhere: sql`${idempotencyKeys.createdAt} < now() - ${LIFETIME}`,
    })
    .returning({ fingerprint: idempotencyKeys.fingerprint });
  return claimed.length > 0 ? undefined : answerOfFirst(once, longestSeconds);
}

/** Keeps the answer for the tries to come. */
export async function keepAnswer(once: OnceOnly, { status, body }: KeptAnswer): Promise<void> {
  await db()
    .update(idempotencyKeys)
    .set({ status, answer: sealAnswer(JSON.stringify(body), once) })
    .where(and(mine(once), isNull(idempotencyKeys.status)));
}

/** Gives the key back: its request was refused and has changed nothing. */
export async function releaseKey(once: OnceOnly): Promise<void> {
  await db()
    .delete(idempotencyKeys)
    .where(and(mine(once), isNull(idempotencyKeys.status)));
}

/** Forgets the answers whose day is over. Returns how many. */
export async function pruneAnswers(): Promise<number> {
  const gone = await db()
    .delete(idempotencyKeys)
    .where(lt(idempotencyKeys.createdAt, sql`now() - ${LIFETIME}`))
    .returning({ createdAt: idempotencyKeys.createdAt });
  return gone.length;
}

async function answerOfFirst(once: OnceOnly, longestSeconds: number): Promise<KeptAnswer> {
  const [first] = await db()
    .select({
      fingerprint: idempotencyKeys.fingerprint,
      status: idempotencyKeys.status,
      answer: idempotencyKeys.answer,
      lost: sql<boolean>`${idempotencyKeys.createdAt} < now() - make_interval(secs => ${longestSeconds})`,
    })
    .from(idempotencyKeys)
    .where(samePerson(once));
  // Given back between the two queries: the sender may try again at once.
  if (!first) throw inProgress(false);
  if (first.fingerprint !== once.fingerprint) {
    throw new DomainError('idempotency_key_reused', 'This Idempotency-Key was used for another request', {
      hint: 'Send a new key with each new request; repeat a key only with the very same request.',
    });
  }
  if (first.status === null || first.answer === null) throw inProgress(first.lost);
  return { status: first.status, body: JSON.parse(openAnswer(first.answer, once)) };
}

function inProgress(lost: boolean): DomainError {
  if (!lost)
    return new DomainError('request_in_progress', 'The first request with this Idempotency-Key is still running', {
      hint: 'Send it again in a moment for its answer.',
      retryAfterSeconds: RETRY_AFTER_S,
    });
  return new DomainError('request_in_progress', 'The first request with this Idempotency-Key ended without an answer', {
    hint: 'Look whether it was carried out; if it was not, send it again with a new key.',
  });
}

const samePerson = ({ actorKey, key }: OnceOnly) =>
  and(eq(idempotencyKeys.actorKey, actorKey), eq(idempotencyKeys.keyHash, hashOf(key)));
const mine = (once: OnceOnly) => and(samePerson(once), eq(idempotencyKeys.fingerprint, once.fingerprint));

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
