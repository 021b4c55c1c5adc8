import * as catalogue from '@/messages/auth-problems';
import type { AuthProblem } from './auth-problem';

/** The problem behind an error of the auth library; an unknown one is neutral and never shows the server's own text. */
export function describeAuthProblem(error: unknown): AuthProblem {
  const code = read(error, 'code');
  if (code === 'weak_password') return { code, message: catalogue.weakPassword, hint: weakness(error) };
  const words = Object.hasOwn(catalogue.problems, code) ? catalogue.problems[code] : undefined;
  if (words) return { code, ...words };
  if (read(error, 'name') === 'AuthRetryableFetchError') {
    return { code: 'unreachable', ...catalogue.unreachable };
  }
  return { code: code || 'unknown', ...catalogue.unknown };
}

function weakness(error: unknown): string {
  const reasons = typeof error === 'object' && error !== null && 'reasons' in error ? error.reasons : [];
  const hints = Array.isArray(reasons) ? reasons.flatMap((reason) => catalogue.weaknesses[String(reason)] ?? []) : [];
  return hints.join(' ') || catalogue.useLonger;
}

function read(error: unknown, key: 'code' | 'name'): string {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  return typeof value === 'string' ? value : '';
}
