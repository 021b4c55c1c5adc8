import type { CryptoKey } from 'jose';
import { DomainError } from '@/lib/errors';
import { logger } from '@/lib/log';
import { atMostOnceAMinute } from './at-most-once-a-minute';
import { fetchKeySet, type KeySetSource } from './fetch-key-set';
import {
  ageOf,
  EMPTY_GRACE_MS,
  hasCooledDown,
  isAgeing,
  type KeySetState,
  keySets,
  mustAsk,
  STALE_CAP_MS,
  stateOf,
  TRUSTED_MS,
} from './key-set-state';
import { importPublishedKeys, type PublishedKey } from './published-key';
import { forgetVerified } from './verified-tokens';

/**
 * The keys that may have signed a token with this header; none when the provider has no such key.
 * Throws auth_provider_unavailable when that cannot be known.
 */
export async function findPublishedKeys(
  source: KeySetSource,
  header: { alg?: string | undefined; kid?: string | undefined },
): Promise<CryptoKey[]> {
  const state = stateOf(source.url);
  if (mustAsk(state)) await ask(source, state);
  else if (isAgeing(state)) void ask(source, state);
  if (isForgotten(source, state)) return findPublishedKeys(source, header);
  if (state.goodAt === null || ageOf(state.goodAt) > STALE_CAP_MS) throw unavailable(state);
  const found = select(state.keys, header);
  if (found.length > 0) return serve(state, found);
  if (!state.pending && !hasCooledDown(state)) return refuseUnknown(state);
  await ask(source, state);
  if (isForgotten(source, state)) return findPublishedKeys(source, header);
  const foundNow = select(state.keys, header);
  return foundNow.length > 0 ? serve(state, foundNow) : refuseUnknown(state);
}

/** Fetches the set ahead of need. Never throws. */
export async function prefetchKeySet(source: KeySetSource): Promise<void> {
  await ask(source, stateOf(source.url));
}

/**
 * Whether a provider has ever published a usable key, as far as this process knows: 'none' when it answers without any, 'away' when it
 * does not answer, 'unknown' while nobody knows. Asks it again, without waiting, unless it was asked a moment ago.
 */
export function publishedKeys(source: KeySetSource): 'known' | 'none' | 'away' | 'unknown' {
  if (keySets().everUsable) return 'known';
  const state = stateOf(source.url);
  if (!state.pending && hasCooledDown(state)) void ask(source, state);
  if (state.goodAt !== null) return 'none';
  return state.failure === null ? 'unknown' : 'away';
}

/** The keys were dropped while somebody waited for them: what came may be what was to be forgotten. */
function isForgotten({ url }: KeySetSource, state: KeySetState): boolean {
  return keySets().states.get(url) !== state;
}

/** One fetch at a time, shared by all who wait; its end is told in the state. */
function ask(source: KeySetSource, state: KeySetState): Promise<void> {
  state.pending ??= fetchInto(source, state).finally(() => {
    state.pending = null;
  });
  return state.pending;
}

async function fetchInto(source: KeySetSource, state: KeySetState): Promise<void> {
  state.askedAt = Date.now();
  try {
    adopt(state, await importPublishedKeys(await fetchKeySet(source)));
  } catch (error) {
    keySets().fetchFailures += 1;
    state.failure = reasonOf(error);
    atMostOnceAMinute('key-set-fetch', () =>
      logger().warn({ event: 'jwks_fetch_failed', reason: state.failure }, 'the keys of the sign-in service cannot be fetched'),
    );
  }
}

function adopt(state: KeySetState, keys: PublishedKey[]): void {
  if (keys.length === 0 && state.keys.length > 0) {
    state.emptySince ??= Date.now();
    if (ageOf(state.emptySince) < EMPTY_GRACE_MS) {
      keepLastGood(state);
      return;
    }
  }
  const kept = new Set(keys.map(({ identity }) => identity));
  const lostOne = state.keys.some(({ identity }) => !kept.has(identity));
  Object.assign(state, { keys, goodAt: Date.now(), failure: null, emptySince: null });
  if (keys.length > 0) keySets().everUsable = true;
  if (lostOne) forgetVerified();
}

function keepLastGood(state: KeySetState): void {
  state.failure = 'the key set holds no usable key';
  atMostOnceAMinute('key-set-empty', () =>
    logger().error(
      { event: 'jwks_empty' },
      'the key set of the sign-in service is empty; its last good keys serve ten minutes more',
    ),
  );
}

/** RFC 7517, section 4.5: a kid names its key; several keys under one name are all tried. Without a kid the algorithm must tell. */
function select(
  keys: readonly PublishedKey[],
  { alg, kid }: { alg?: string | undefined; kid?: string | undefined },
): CryptoKey[] {
  const fitting = keys.filter((key) => key.alg === alg && (kid === undefined || key.kid === kid)).map(({ key }) => key);
  return kid === undefined && fitting.length > 1 ? [] : fitting;
}

function serve(state: KeySetState, found: CryptoKey[]): CryptoKey[] {
  if (ageOf(state.goodAt) <= TRUSTED_MS || state.failure === null) return found;
  keySets().staleServed += 1;
  atMostOnceAMinute('key-set-stale', () => {
    const ageSeconds = Math.round(ageOf(state.goodAt) / 1000);
    logger().warn(
      { event: 'jwks_stale', ageSeconds, reason: state.failure },
      'tokens are verified with keys that could not be renewed',
    );
  });
  return found;
}

/** No such key, unless the provider was away when it was last asked: then it may well have one. */
function refuseUnknown(state: KeySetState): CryptoKey[] {
  if (state.failure !== null) throw unavailable(state);
  return [];
}

function unavailable({ failure }: KeySetState): DomainError {
  return new DomainError('auth_provider_unavailable', 'The sign-in service cannot be reached to check this token', {
    hint: 'Try again shortly. Operators: check SUPABASE_URL or SUPABASE_JWKS_URL.',
    cause: new Error(failure ?? 'the keys were never fetched'),
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
