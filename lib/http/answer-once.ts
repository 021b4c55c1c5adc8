import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { asDomainError } from '@/lib/errors';
import { fingerprintOf, keysOf, readKey, runOnce } from '@/lib/idempotency/run-once';
import { readBody } from './read-input';
import type { Reply } from './reply';

type Run = () => Promise<Reply | Response>;

const WRITES = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);
/** Refusals that leave open whether the change was made: the connection to Postgres may have broken after the commit. */
const UNCLEAR = new Set(['internal_error', 'dependency_unavailable']);

const LONGEST_SECONDS = 60;

/** Runs a change that carries an Idempotency-Key once for its sender: see runOnce(). */
export async function answerOnce(request: Request, run: Run): Promise<Reply | Response> {
  const key = WRITES.has(request.method) ? readKey(request.headers.get('idempotency-key')) : undefined;
  if (key === undefined) return run();
  // Who is nobody is told so by the route itself, or needs to be nobody.
  const actor = await authenticateRequest(request).catch(() => null);
  if (!actor) return run();
  const outcome = await runOnce(
    { key, actorKey: keysOf(actor), fingerprint: await fingerprint(request) },
    {
      run,
      // No change of ours answers with a stream; one that did would have to run again for its second try.
      keep: (reply) => (reply instanceof Response ? undefined : reply),
      isUnclear: (thrown) => UNCLEAR.has(asDomainError(thrown).code),
      longestSeconds: LONGEST_SECONDS,
    },
  );
  return 'first' in outcome ? { ...outcome.first, headers: { 'idempotent-replayed': 'true' } } : outcome.answer;
}

/** Method, path, query, the org it speaks of and the body, byte for byte. */
async function fingerprint(request: Request): Promise<string> {
  const { pathname, search } = new URL(request.url);
  return fingerprintOf(request.method, pathname, search, request.headers.get('x-pandastack-org'), await readBody(request));
}
