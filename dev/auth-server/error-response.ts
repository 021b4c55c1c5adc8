import type { Context } from 'hono';
import { AuthError } from './auth-error';

const VERSION_HEADER = 'X-Supabase-Api-Version';
const VERSION_WITH_STRING_CODES = '2024-01-01';

/** The two error bodies of Supabase Auth: `{code, error_code, msg}`, or `{code, message}` for clients that ask for 2024-01-01. */
export function errorResponse(c: Context, error: unknown): Response {
  const known = error instanceof AuthError ? error : unexpected(error);
  const wantsStringCode = asksForStringCodes(c.req.header(VERSION_HEADER));
  if (wantsStringCode) c.header(VERSION_HEADER, VERSION_WITH_STRING_CODES);
  if (error instanceof AuthError && known.code !== 'unknown') c.header('x-sb-error-code', known.code);
  const body = wantsStringCode
    ? { code: known.code, message: known.message }
    : { code: known.status, error_code: known.code, msg: known.message };
  return c.json({ ...body, ...known.details }, known.status);
}

function asksForStringCodes(version: string | undefined): boolean {
  if (!version || !/^\d{4}-\d{2}-\d{2}$/.test(version) || Number.isNaN(Date.parse(version))) return false;
  return version >= VERSION_WITH_STRING_CODES;
}

function unexpected(error: unknown): AuthError {
  console.error('development auth server: unexpected failure', error);
  return new AuthError(500, 'unexpected_failure', 'Unexpected failure, please check server logs for more information');
}
