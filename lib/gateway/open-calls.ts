import type { OrgAccess } from '@/lib/access/org-access';
import { stillGranted } from '@/lib/access/still-granted';
import { DomainError } from '@/lib/errors';
import { logger } from '@/lib/log';

/** A removed member's streams end within a second: one look for all of them, twice in it. */
const LOOK_EVERY_MS = 400;
/** While Postgres is away nobody can be removed, and nobody can be asked about; after this streams end all the same. */
const UNASKED_MS = 15_000;

/** A call that an agent has not answered to the end. */
export interface OpenCall {
  access: OrgAccess<'sandboxes:use'>;
  /** Ends it on both sides; `why` is told to whoever sent it, where there is a way. */
  end(why: DomainError): void;
}

interface Watched {
  call: OpenCall;
  /** Where it stands in the list; -1 once it is over. */
  place: number;
}

interface OpenCalls {
  /** In no order. A Set that every call enters and leaves leaves tables behind in which V8's scavenger finds each call alive. */
  calls: Watched[];
  timer: NodeJS.Timeout | undefined;
  askedAt: number;
}

const holder = globalThis as typeof globalThis & { __pandastackOpenCalls?: OpenCalls };
function state(): OpenCalls {
  holder.__pandastackOpenCalls ??= { calls: [], timer: undefined, askedAt: 0 };
  return holder.__pandastackOpenCalls;
}

/** Watches over a call until the function it returns is called. */
export function watchCall(call: OpenCall): () => void {
  const current = state();
  const watched = { call, place: current.calls.length };
  current.calls.push(watched);
  if (!current.timer) {
    current.askedAt = performance.now();
    schedule(current);
  }
  return () => forget(current.calls, watched);
}

/** The last one takes its place. */
function forget(calls: Watched[], watched: Watched): void {
  const { place } = watched;
  if (place < 0) return;
  watched.place = -1;
  const last = calls.pop();
  if (!last || last === watched) return;
  calls[place] = last;
  last.place = place;
}

/** Ends every open call: this process stops. */
export function endOpenCalls(): void {
  const why = new DomainError('capacity_unavailable', 'This server is stopping', { hint: 'Call again: another one answers.' });
  for (const { call } of [...state().calls]) call.end(why);
}

/** How many calls are open now. */
export function countOpenCalls(): number {
  return state().calls.length;
}

function schedule(current: OpenCalls): void {
  current.timer = setTimeout(() => {
    void endLostAccess(current).finally(() => {
      current.timer = undefined;
      if (current.calls.length > 0) schedule(current);
    });
  }, LOOK_EVERY_MS).unref();
}

/** Ends the calls of whoever may no longer make them: removed, demoted, asked for a second factor; a token revoked or expired. */
async function endLostAccess(current: OpenCalls): Promise<void> {
  const calls = current.calls.map(({ call }) => call);
  if (calls.length === 0) return;
  try {
    const granted = await stillGranted(distinct(calls), 'sandboxes:use');
    current.askedAt = performance.now();
    const keys = new Set([...granted].map(keyOf));
    const why = new DomainError('forbidden', 'Your access to this organization has ended');
    for (const call of calls) if (!keys.has(keyOf(call.access))) call.end(why);
  } catch (error) {
    if (performance.now() - current.askedAt < UNASKED_MS) return;
    logger().warn(
      { err: error, calls: calls.length },
      'streams end: nobody can be asked whether their senders may still read them',
    );
    const why = new DomainError('dependency_unavailable', 'The database cannot be reached at the moment', { cause: error });
    for (const call of calls) call.end(why);
  }
}

/** One access for all the calls of a person or a token. */
function distinct(calls: OpenCall[]): OpenCall['access'][] {
  return [...new Map(calls.map(({ access }) => [keyOf(access), access])).values()];
}

function keyOf({ actor, orgId }: OpenCall['access']): string {
  return actor.type === 'token' ? actor.tokenId : `${orgId} ${actor.userId} ${actor.aal}`;
}
