import type { PublishedKey } from './published-key';
import { VERIFIED_LIFETIME_MS } from './verified-tokens';

// From half of its life on, a set is fetched anew beside the requests; nobody waits.
const AGEING_MS = 300_000;
/** A revoked key dies within ten minutes: the age of a set that is trusted unasked, and the half minute a signature is remembered. */
export const TRUSTED_MS = 600_000 - VERIFIED_LIFETIME_MS;
/** While the provider is away its last good set serves this long. */
export const STALE_CAP_MS = 24 * 3_600_000;
/** An empty set may be a mistake of the provider or the revocation of its only key: the last good one serves this much longer. */
export const EMPTY_GRACE_MS = 600_000;
const COOL_DOWN_MS = 30_000;
/** With no keys at all nobody can sign in: asked again this soon. */
const IMPATIENT_COOL_DOWN_MS = 5_000;

// Plain data: two bundles share it, so it must hold no error or class that one of them would not recognize.
export interface KeySetState {
  keys: readonly PublishedKey[];
  /** When the last good set came; null while none has. */
  goodAt: number | null;
  askedAt: number | null;
  /** Why the last answer was none; null after a good one. */
  failure: string | null;
  emptySince: number | null;
  pending: Promise<void> | null;
}

interface KeySets {
  states: Map<string, KeySetState>;
  /** Some set held a usable key once: what happens to it later is not a mistake of the configuration. */
  everUsable: boolean;
  fetchFailures: number;
  staleServed: number;
}

const holder = globalThis as typeof globalThis & { __pandastackKeySets?: KeySets };

export function keySets(): KeySets {
  holder.__pandastackKeySets ??= { states: new Map(), everUsable: false, fetchFailures: 0, staleServed: 0 };
  return holder.__pandastackKeySets;
}

export function stateOf(url: string): KeySetState {
  const { states } = keySets();
  const known = states.get(url);
  if (known) return known;
  const state = { keys: [], goodAt: null, askedAt: null, failure: null, emptySince: null, pending: null };
  states.set(url, state);
  return state;
}

/** Whether the provider publishes any asymmetric key, as far as this process has heard. */
export function publishesKeys(url: string): boolean {
  return (holder.__pandastackKeySets?.states.get(url)?.keys.length ?? 0) > 0;
}

/** What the metrics tell: the age of the oldest set in seconds (NaN while there is none), and counts since the start. */
export function keySetStatistics(): { ageSeconds: number; fetchFailures: number; staleServed: number } {
  const { states, fetchFailures, staleServed } = keySets();
  const ages = [...states.values()].flatMap(({ goodAt }) => (goodAt === null ? [] : [ageOf(goodAt) / 1000]));
  return { ageSeconds: ages.length > 0 ? Math.max(...ages) : Number.NaN, fetchFailures, staleServed };
}

/** Forgets every set. A fetch under way ends in the forgotten state and reaches nobody new. */
export function forgetKeySets(): void {
  keySets().states.clear();
}

export function mustAsk(state: KeySetState): boolean {
  const { goodAt, askedAt, failure, emptySince, pending } = state;
  if (goodAt === null || ageOf(goodAt) > STALE_CAP_MS) return pending !== null || hasCooledDown(state);
  if (emptySince !== null && ageOf(emptySince) >= EMPTY_GRACE_MS) {
    const askedSince = ageOf(askedAt) <= ageOf(emptySince) - EMPTY_GRACE_MS;
    return pending !== null || !askedSince || hasCooledDown(state);
  }
  // While the provider is away nobody waits for it twice, but after a long silence its word counts again.
  return ageOf(goodAt) > TRUSTED_MS && (failure === null || ageOf(askedAt) > TRUSTED_MS);
}

export function isAgeing(state: KeySetState): boolean {
  return (state.failure !== null || ageOf(state.goodAt) > AGEING_MS) && hasCooledDown(state);
}

export function hasCooledDown({ goodAt, askedAt }: KeySetState): boolean {
  return ageOf(askedAt) >= (goodAt === null ? IMPATIENT_COOL_DOWN_MS : COOL_DOWN_MS);
}

/** Milliseconds; a clock that was set back counts like one that went on. */
export function ageOf(at: number | null): number {
  return at === null ? Number.POSITIVE_INFINITY : Math.abs(Date.now() - at);
}
