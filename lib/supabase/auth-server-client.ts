import { AuthClient } from '@supabase/supabase-js';
import type { SupabaseConfig } from '@/lib/config';
import { withSpan } from '@/lib/tracing/with-span';
import { throughBreaker } from './auth-server-breaker';

/** A client of the auth server that keeps no session: for calls on behalf of a token in hand. */
export function authServerClient({ url, anonKey }: SupabaseConfig, timeoutMs: number): InstanceType<typeof AuthClient> {
  return new AuthClient({
    url: `${url}/auth/v1`,
    headers: { apikey: anonKey },
    persistSession: false,
    autoRefreshToken: false,
    detectSessionInUrl: false,
    fetch: fetchWithin(timeoutMs),
  });
}

/**
 * A fetch that gives up; the auth server's own limit is 10 s, longer than a page should wait. After some silence it gives up at once,
 * for a few seconds.
 */
export function fetchWithin(timeoutMs: number): typeof fetch {
  return (input, init) => {
    const { pathname, origin } = new URL(input instanceof Request ? input.url : input);
    const attributes = { 'http.request.method': init?.method ?? 'GET', 'url.path': pathname };
    return withSpan('auth server', { kind: 'client', attributes }, () =>
      throughBreaker(origin + kindOf(pathname), () =>
        fetch(input, { ...init, cache: 'no-store', signal: AbortSignal.timeout(timeoutMs) }),
      ),
    );
  };
}

/** /user of /auth/v1/user: one kind of question may hang, such as one that waits for a mail server, while the others are answered. */
function kindOf(pathname: string): string {
  return /\/auth\/v1(\/\w+)/.exec(pathname)?.[1] ?? '';
}
