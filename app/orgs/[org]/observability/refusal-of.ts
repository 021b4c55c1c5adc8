import { asDomainError } from '@/lib/errors';

/** ClickHouse being away leaves the rest of the page standing; what nobody expected is for the error page. */
export function refusalOf(thrown: unknown): { message: string; hint: string | undefined } {
  const { code, message, hint } = asDomainError(thrown);
  if (code === 'internal_error') throw thrown;
  return { message, hint };
}
