const MINUTE_MS = 60_000;
const holder = globalThis as typeof globalThis & { __pandastackToldAt?: Map<string, number> };

/** Tells something that every request could tell, once a minute in this process. `what` names it. */
export function atMostOnceAMinute(what: string, tell: () => void): void {
  holder.__pandastackToldAt ??= new Map();
  const told = holder.__pandastackToldAt.get(what);
  const now = Date.now();
  if (told !== undefined && Math.abs(now - told) < MINUTE_MS) return;
  holder.__pandastackToldAt.set(what, now);
  tell();
}

/** As if nothing had been told yet. */
export function forgetTold(): void {
  holder.__pandastackToldAt?.clear();
}
