import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '@/lib/errors';
import { isOrdinary } from './note-refusal';

/** Failing credentials a client address may send in a minute; far above a program with an old token, far below a search. */
export const FAILURES_A_MINUTE = 600;
const MINUTE_S = 60;

const holder = globalThis as typeof globalThis & { __pandastackFailures?: RateLimiterMemory };

/**
 * The refusal to answer a failing credential with: itself, or rate_limited once its sender has failed too often. Only failures are
 * counted and only failures are answered so: a credential that is valid is never refused for its neighbours behind one address.
 */
export async function limitFailures(refusal: DomainError, ip: string): Promise<DomainError> {
  if (refusal.status !== 401 || isOrdinary(refusal.code)) return refusal;
  return (await countFailure(ip)) ?? refusal;
}

/** Counts a failing credential of this client; the refusal rate_limited once there were too many. */
export async function countFailure(ip: string): Promise<DomainError | undefined> {
  if (ip === '') return undefined;
  try {
    await limiter().consume(clientOf(ip));
    return undefined;
  } catch (limited) {
    if (!(limited instanceof RateLimiterRes)) return undefined;
    return new DomainError('rate_limited', 'Too many failing credentials came from this address', {
      hint: 'Wait a minute, then send a valid credential.',
      retryAfterSeconds: Math.max(1, Math.ceil(limited.msBeforeNext / 1000)),
    });
  }
}

/** Whether this client has used up its failures of the minute. Counts nothing. */
export async function isLimited(ip: string): Promise<boolean> {
  if (ip === '') return false;
  const spent = await limiter().get(clientOf(ip));
  return spent !== null && spent.consumedPoints >= FAILURES_A_MINUTE;
}

function limiter(): RateLimiterMemory {
  holder.__pandastackFailures ??= new RateLimiterMemory({ points: FAILURES_A_MINUTE, duration: MINUTE_S });
  return holder.__pandastackFailures;
}

/** An IPv6 client owns a /64 and may take any address in it; IPv4 counts whole. */
export function clientOf(ip: string): string {
  if (!ip.includes(':')) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = ip.toLowerCase().split('%')[0]?.split('::') ?? [];
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const filled =
    tail === undefined ? groups : [...groups, ...Array(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest];
  return `${filled
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
