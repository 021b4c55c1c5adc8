import { createBrowserClient, createServerClient } from '@supabase/ssr';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Target } from './target';

const NOTHING_KEPT = { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false };

/** A browser without storage, implicit flow. */
export function anonClient({ url, anonKey }: Target): SupabaseClient {
  return createClient(url, anonKey, { auth: { ...NOTHING_KEPT, flowType: 'implicit' } });
}

/** A server that holds the service-role key. */
export function adminClient({ url, serviceRoleKey }: Target): SupabaseClient {
  return createClient(url, serviceRoleKey, { auth: NOTHING_KEPT });
}

/** One browser's memory: what one client stored, only clients with the same storage can read. */
export function newStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

/** A browser that keeps its PKCE verifier. */
export function pkceClient({ url, anonKey }: Target, storage = newStorage()): SupabaseClient {
  return createClient(url, anonKey, {
    auth: { flowType: 'pkce', storage, persistSession: true, autoRefreshToken: false, detectSessionInUrl: false },
  });
}

export type CookieJar = Map<string, string>;

/** What the product uses on its server: sessions and verifiers live in cookies. */
export function cookieClient({ url, anonKey }: Target, jar: CookieJar): SupabaseClient {
  return createServerClient(url, anonKey, { cookies: cookiesOf(jar) });
}

/** What the product uses in the browser, on the same cookies. */
export function browserClient({ url, anonKey }: Target, jar: CookieJar): SupabaseClient {
  return createBrowserClient(url, anonKey, {
    isSingleton: false,
    cookies: cookiesOf(jar),
    auth: { autoRefreshToken: false, detectSessionInUrl: false },
  });
}

interface Cookie {
  name: string;
  value: string;
  options: { maxAge?: number };
}

function cookiesOf(jar: CookieJar) {
  return {
    getAll: () => [...jar].map(([name, value]) => ({ name, value })),
    setAll: (cookies: Cookie[]) => {
      for (const { name, value, options } of cookies) {
        if (options.maxAge === 0) jar.delete(name);
        else jar.set(name, value);
      }
    },
  };
}
