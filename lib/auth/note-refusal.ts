import type { DomainError, ErrorCode } from '@/lib/errors';
import { logger } from '@/lib/log';
import type { RequestOrigin } from './actor';
import { atMostOnceAMinute } from './at-most-once-a-minute';

const holder = globalThis as typeof globalThis & { __pandastackRefusals?: Map<ErrorCode, number> };

function counts(): Map<ErrorCode, number> {
  holder.__pandastackRefusals ??= new Map();
  return holder.__pandastackRefusals;
}

/** What honest clients send now and then: nothing yet, or what has just run out. */
export function isOrdinary(code: ErrorCode): boolean {
  return code === 'missing_token' || code === 'token_expired' || code === 'api_token_expired';
}

/**
 * Counts a refused credential, and tells operators of its kind once a minute. Strangers make these, so they fill no org's audit
 * trail and no disk, and neither the credential nor the person in it is told.
 */
export function noteRefusal({ code, status }: DomainError, { requestId }: RequestOrigin): void {
  if (status !== 401 && code !== 'anonymous_not_allowed') return;
  const count = (counts().get(code) ?? 0) + 1;
  counts().set(code, count);
  if (isOrdinary(code)) return;
  atMostOnceAMinute(`refusal-${code}`, () =>
    logger().warn(
      { event: 'auth.failed', code, count, requestId },
      'a credential was refused; the count is that of this process',
    ),
  );
}

/** Refused credentials since the start, by the code they were refused with. */
export function refusalCounts(): ReadonlyMap<ErrorCode, number> {
  return counts();
}
