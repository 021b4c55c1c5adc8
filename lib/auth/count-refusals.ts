import type { ErrorCode } from '@/lib/errors';

const holder = globalThis as typeof globalThis & { __pandastackRefusals?: Map<ErrorCode, number> };

/** Counts a credential that was refused, by the rule that refused it. */
export function countRefusal(code: ErrorCode): void {
  const counts = refusalCounts();
  counts.set(code, (counts.get(code) ?? 0) + 1);
}

/** Refused credentials since the start, by code. */
export function refusalCounts(): Map<ErrorCode, number> {
  holder.__pandastackRefusals ??= new Map();
  return holder.__pandastackRefusals;
}
