import { badRequest } from '../auth-error';
import type { User, UserChanges } from '../store/users';

export const isBanned = (user: User): boolean => user.banned_until !== null && Date.parse(user.banned_until) > Date.now();

const MILLISECONDS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, us: 1e-3, µs: 1e-3, ns: 1e-6 };
const DURATION = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$/;

/** A duration as Go writes it (`24h`, `1h30m`), or `none` to lift the ban; nothing when it is empty. Throws 400. */
export function readBan(duration: string): Pick<UserChanges, 'banned_until'> {
  if (!duration) return {};
  if (duration === 'none') return { banned_until: null };
  if (!DURATION.test(duration)) {
    throw badRequest('validation_failed', `invalid format for ban duration: time: invalid duration ${JSON.stringify(duration)}`);
  }
  const parts = [...duration.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)];
  const length = parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (MILLISECONDS[unit] ?? 0), 0);
  if (length === 0) return { banned_until: null };
  return { banned_until: new Date(Date.now() + (duration.startsWith('-') ? -length : length)).toISOString() };
}
