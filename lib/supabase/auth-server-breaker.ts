/** So many times in a row without an answer, and nobody waits for the next one. */
const FAILURES_TO_OPEN = 5;
/** After this long one request tries again, while the others are still turned away. */
const OPEN_MS = 3_000;

interface Breaker {
  failures: number;
  /** Until when nobody asks; a reading of performance.now(). */
  openUntil: number;
}

const holder = globalThis as typeof globalThis & { __pandastackAuthBreakers?: Map<string, Breaker> };

function breakerOf(what: string): Breaker {
  holder.__pandastackAuthBreakers ??= new Map();
  const known = holder.__pandastackAuthBreakers.get(what);
  if (known) return known;
  const breaker = { failures: 0, openUntil: 0 };
  holder.__pandastackAuthBreakers.set(what, breaker);
  return breaker;
}

/** What is thrown instead of asking. Its words reach the log alone. */
class AuthServerAway extends Error {
  constructor() {
    super('the auth server gave no answer several times in a row; it is asked again in a few seconds');
    this.name = 'AuthServerAway';
  }
}

/**
 * Asks an auth server unless `what` was met with silence too often in a row: then everybody would wait the whole time limit for nothing,
 * and it would meet all of them when it comes back. Silence is a lost connection, no answer in time, or a gateway's 502 to 504; any other answer,
 * a refusal too, shows that it is there. Throws AuthServerAway instead of asking, and what `ask` throws.
 */
export async function throughBreaker(what: string, ask: () => Promise<Response>): Promise<Response> {
  const breaker = breakerOf(what);
  const now = performance.now();
  if (breaker.failures >= FAILURES_TO_OPEN) {
    if (now < breaker.openUntil) throw new AuthServerAway();
    // Whoever comes while this one tries is turned away, for as long again.
    breaker.openUntil = now + spread(OPEN_MS);
  }
  try {
    const response = await ask();
    note(breaker, response.status < 502 || response.status > 504);
    return response;
  } catch (error) {
    note(breaker, false);
    throw error;
  }
}

function note(breaker: Breaker, answered: boolean): void {
  breaker.failures = answered ? 0 : breaker.failures + 1;
  if (breaker.failures >= FAILURES_TO_OPEN) breaker.openUntil = performance.now() + spread(OPEN_MS);
}

/** Replicas do not come back in step. */
function spread(milliseconds: number): number {
  return milliseconds * (0.5 + Math.random() / 2);
}
