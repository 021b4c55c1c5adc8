import { createHash } from 'node:crypto';
import type { Actor } from '@/lib/auth/actor';
import { DomainError } from '@/lib/errors';
import { logger } from '@/lib/log';
import { claimKey, type KeptAnswer, keepAnswer, type OnceOnly, releaseKey } from './claim-key';

const KEY = /^[\x20-\x7e]{8,200}$/;

/** The value of an Idempotency-Key header; undefined for none. Throws validation_failed for one that cannot be told from others. */
export function readKey(header: string | null): string | undefined {
  if (header === null || KEY.test(header)) return header ?? undefined;
  const fields = [{ path: 'Idempotency-Key', message: 'must have 8 to 200 printable ASCII characters' }];
  throw new DomainError('validation_failed', `Idempotency-Key: ${fields[0]?.message}`, {
    fields,
    hint: 'Send a random value such as a UUID, a new one for each new request.',
  });
}

/** Whose keys they are: two people, or two tokens, may send the same. */
export function keysOf(actor: Actor): string {
  return actor.type === 'token' ? `token:${actor.tokenId}` : `user:${actor.userId}`;
}

/** What makes two requests the same. */
export function fingerprintOf(...parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

interface Change<Answer> {
  run: () => Promise<Answer>;
  /** What is kept of an answer; undefined for one that changed nothing, or that cannot be kept. */
  keep: (answer: Answer) => KeptAnswer | undefined;
  /** Whether a refusal leaves open that the change was made. */
  isUnclear: (thrown: unknown) => boolean;
  /** No change of its kind runs longer. */
  longestSeconds: number;
}

/**
 * Runs a change once for its sender and returns its answer, or returns the first answer for the same request under the same key, for a
 * day. A refusal is not kept: it changed nothing, so the same key may try again. Should the process, Postgres or whoever carries the
 * change out be lost between the change and the keeping of its answer, the key stays taken and says so (409): twice would be worse than
 * unknown. Throws what the change throws, idempotency_key_reused and request_in_progress.
 */
export async function runOnce<Answer>(
  once: OnceOnly,
  { run, keep, isUnclear, longestSeconds }: Change<Answer>,
): Promise<{ first: KeptAnswer } | { answer: Answer }> {
  const first = await claimKey(once, longestSeconds);
  if (first) return { first };
  let answer: Answer;
  try {
    answer = await run();
  } catch (thrown) {
    if (!isUnclear(thrown)) await orTell(releaseKey(once));
    throw thrown;
  }
  const kept = keep(answer);
  await orTell(kept ? keepAnswer(once, kept) : releaseKey(once));
  return { answer };
}

/** What has happened is answered, whatever becomes of the note about it. */
async function orTell(note: Promise<void>): Promise<void> {
  await note.catch((error: unknown) => logger().warn({ err: error }, 'the answer to an Idempotency-Key could not be kept'));
}
