import { combineChunks, isChunkLike, parseCookieHeader, stringFromBase64URL } from '@supabase/ssr';

export interface RequestCookie {
  name: string;
  value: string;
}

/** What the session cookie says. Nothing in it is verified. */
export interface CookieSession {
  accessToken: string;
  refreshToken: string;
  /** Seconds since 1970. */
  expiresAt: number;
  /** The whole of it, as the auth library wrote it. */
  stored: object;
}

// A browser keeps about 180 cookies of 4 KB; a real session is two or three chunks.
const MAX_CHUNKS = 20;
const MAX_LENGTH = 64 * 1024;
const BASE64_PREFIX = 'base64-';

/** Every cookie of a request; the framework's own reader hides values that do not decode, and those must be cleared too. */
export function requestCookies(headers: Headers): RequestCookie[] {
  return parseCookies(headers.get('cookie') ?? '');
}

/** The same from a header's or a document's own text. */
export function parseCookies(text: string): RequestCookie[] {
  return parseCookieHeader(text);
}

/** The session in a request's cookies; null when absent, cut, oversized or garbage. Never throws, verifies nothing. */
export async function readSessionCookie(cookies: readonly RequestCookie[], name: string): Promise<CookieSession | null> {
  const chunks = sessionChunks(cookies, name);
  if (chunks.length === 0 || chunks.length > MAX_CHUNKS) return null;
  const value = await combineChunks(name, (chunk) => chunks.find((cookie) => cookie.name === chunk)?.value);
  if (!value || value.length > MAX_LENGTH) return null;
  try {
    const text = value.startsWith(BASE64_PREFIX) ? stringFromBase64URL(value.slice(BASE64_PREFIX.length)) : value;
    return asSession(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The cookies that belong to the session, whole or not. */
export function sessionChunks(cookies: readonly RequestCookie[], name: string): RequestCookie[] {
  return cookies.filter((cookie) => isChunkLike(cookie.name, name));
}

function asSession(value: unknown): CookieSession | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('access_token' in value && 'refresh_token' in value && 'expires_at' in value)) return null;
  const { access_token: accessToken, refresh_token: refreshToken, expires_at: expiresAt } = value;
  if (typeof accessToken !== 'string' || typeof refreshToken !== 'string' || typeof expiresAt !== 'number') return null;
  return accessToken && refreshToken ? { accessToken, refreshToken, expiresAt, stored: value } : null;
}
