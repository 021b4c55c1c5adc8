/** How long a signature that held is not computed again. It counts towards the ten minutes that a revoked key may live. */
export const VERIFIED_LIFETIME_MS = 30_000;
const MOST_TOKENS = 10_000;

/** The claims of a token; `exp` in seconds. */
interface Payload {
  [claim: string]: unknown;
  exp?: number;
}
interface Verified {
  payload: Payload;
  until: number;
}
export type VerifiedTokens = Map<string, Verified>;
const holder = globalThis as typeof globalThis & { __pandastackVerifiedTokens?: VerifiedTokens };

function memory(): VerifiedTokens {
  holder.__pandastackVerifiedTokens ??= new Map();
  return holder.__pandastackVerifiedTokens;
}

/**
 * The payload of a token whose very bytes passed verification a moment ago. Only the signature is remembered: claims are judged
 * on every request, and no refusal is remembered, so hostile tokens cannot fill it.
 */
export function recallVerified(token: string): Payload | undefined {
  const known = holder.__pandastackVerifiedTokens?.get(token);
  return known && known.until > Date.now() ? known.payload : undefined;
}

/**
 * Where a verification that begins now may leave its result. Taken before the signature is computed: when the keys change
 * meanwhile, the result goes into a memory that nobody reads any more.
 */
export function openVerified(): VerifiedTokens {
  return memory();
}

/** Remembers a payload until its token expires, half a minute at the most. */
export function rememberVerified(token: string, payload: Payload, tokens = memory()): void {
  tokens.delete(token);
  if (tokens.size >= MOST_TOKENS) forgetOldest(tokens);
  tokens.set(token, { payload, until: Math.min(Date.now() + VERIFIED_LIFETIME_MS, (payload.exp ?? 0) * 1000) });
}

/** For a change of keys: every signature is computed anew from now on. */
export function forgetVerified(): void {
  holder.__pandastackVerifiedTokens = new Map();
}

function forgetOldest(tokens: Map<string, Verified>): void {
  const [oldest] = tokens.keys();
  if (oldest !== undefined) tokens.delete(oldest);
}
