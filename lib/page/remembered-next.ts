import { safeNext } from './safe-next';

/**
 * Where somebody was going when they asked for a mail link or went to a provider. Kept in their browser, which must be the one
 * that returns anyway (PKCE), so that the redirect address is exactly the one an operator allows: Supabase compares queries too.
 */
export const NEXT_COOKIE = 'pandastack-next';
/** As long as the longest-lived mail link. */
const LIFETIME_SECONDS = 86_400;
const PATH = '/auth';

/** The cookie for document.cookie; "/" needs none and clears an older one. */
export function nextCookie(next: string, secure: boolean): string {
  const path = safeNext(next);
  const life = path === '/' ? 0 : LIFETIME_SECONDS;
  return `${NEXT_COOKIE}=${encodeURIComponent(path)}; Path=${PATH}; Max-Age=${life}; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/** The path to go on to: what the address says, else what the browser remembers, else "/". */
export function returnPath(asked: string | null, remembered: string | undefined): string {
  const named = safeNext(asked);
  if (named !== '/' || remembered === undefined) return named;
  try {
    return safeNext(decodeURIComponent(remembered));
  } catch {
    return '/';
  }
}

/** What an answer writes once the path was used. */
export const FORGET_NEXT = { name: NEXT_COOKIE, value: '', path: PATH, maxAge: 0 } as const;
