import { createBrowserClient } from '@supabase/ssr';
import type { SupabaseClient } from '@supabase/supabase-js';
import type { PublicConfig } from '@/lib/public-config';
import { refreshingAtOurServer } from './browser-fetch';
import { cookieAttributes, sessionCookieName } from './session-cookie-name';

/** What a page may ask of the auth server. */
export type BrowserAuth = SupabaseClient['auth'];

/** The browser's auth client (PKCE, session in cookies), one per page. Throws in stub mode, which has no auth server. */
export function supabaseBrowserClient(config: PublicConfig): SupabaseClient {
  const { supabaseUrl, supabaseAnonKey, dashboardUrl } = config;
  if (!supabaseUrl || !supabaseAnonKey) throw new Error('This page has no auth server to talk to');
  return createBrowserClient(supabaseUrl, supabaseAnonKey, {
    cookieOptions: {
      name: sessionCookieName({ supabasePublicUrl: supabaseUrl, dashboardUrl }),
      ...cookieAttributes(dashboardUrl),
    },
    global: { fetch: refreshingAtOurServer(config) },
    auth: {
      // Codes are exchanged by /auth/callback, tokens in a fragment by /auth/finish: never by whatever page is open.
      detectSessionInUrl: false,
      // Refreshed when needed (getSession, proxy.ts); a timer in every open tab would race with the server for the token.
      autoRefreshToken: false,
    },
  });
}
