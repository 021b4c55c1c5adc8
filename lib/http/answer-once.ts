import { createHash } from 'node:crypto';
import type { Actor } from '@/lib/auth/actor';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { asDomainError, DomainError } from '@/lib/errors';
import { claimKey, keepAnswer, type OnceOnly, releaseKey } from '@/lib/idempotency/claim-key';
import { logger } from '@/lib/log';
import { readBody } from './read-input';
import type { Reply } from './reply';

type Run = () => Promise<Reply | Response>;

const WRITES = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);
const KEY = /^[\x20-\x7e]{8,200}$/;
/** Refusals that leave open whether the change was made: the connection to Postgres may have broken after the commit. */
const UNCLEAR = new Set(['internal_error', 'dependency_unavailable']);

/**
 * Runs a change that carries an Idempotency-Key once for its sender, and answers the same request under the same key with the first
 * answer for a day. A refusal is not kept: it changed nothing, so the same key may try again. Should the process or Postgres be
 * lost between the change and the keeping of its answer, the key stays taken and says so (409): twice would be worse than unknown.
 */
export async function answerOnce(request: Request, run: Run): Promise<Reply | Response> {
  const key = request.headers.get('idempotency-key');
  if (key === null || !WRITES.has(request.method)) return run();
  if (!KEY.test(key)) throw malformedKey();
  // Who is nobody is told so by the route itself, or needs to be nobody.
  const actor = await authenticateRequest(request).catch(() => null);
  if (!actor) return run();
  const once = { key, actorKey: actorKey(actor), fingerprint: await fingerprint(request) };
  const first = await claimKey(once);
  return first ? { ...first, headers: { 'idempotent-replayed': 'true' } } : runAndKeep(once, run);
}

async function runAndKeep(once: OnceOnly, run: Run): Promise<Reply | Response> {
  let reply: Reply | Response;
  try {
    reply = await run();
  } catch (thrown) {
    if (!UNCLEAR.has(asDomainError(thrown).code)) await orTell(releaseKey(once));
    throw thrown;
  }
  // No change of ours answers with a stream; one that did would have to run again for its second try.
  await orTell(reply instanceof Response ? releaseKey(once) : keepAnswer(once, reply));
  return reply;
}

/** What has happened is answered, whatever becomes of the note about it. */
async function orTell(note: Promise<void>): Promise<void> {
  await note.catch((error: unknown) => logger().warn({ err: error }, 'the answer to an Idempotency-Key could not be kept'));
}

function actorKey(actor: Actor): string {
  return actor.type === 'token' ? `token:${actor.tokenId}` : `user:${actor.userId}`;
}

/** What makes two requests the same: method, path, query, the org they speak of and the body, byte for byte. */
async function fingerprint(request: Request): Promise<string> {
  const { pathname, search } = new URL(request.url);
  const parts = [request.method, pathname, search, request.headers.get('x-pandastack-org'), await readBody(request)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function malformedKey(): DomainError {
  const fields = [{ path: 'Idempotency-Key', message: 'must have 8 to 200 printable ASCII characters' }];
  return new DomainError('validation_failed', `Idempotency-Key: ${fields[0]?.message}`, {
    fields,
    hint: 'Send a random value such as a UUID, a new one for each new request.',
  });
}
