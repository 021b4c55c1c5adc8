import { readPublicConfig } from './public-config-context';

/** The token of the person at this browser: the session's, or the stub's; null when signed out. */
export async function currentAccessToken(): Promise<string | null> {
  const config = readPublicConfig();
  if (config.authMode === 'stub') return config.stubToken;
  const { data } = await (await browserClient()).auth.getSession();
  return data.session?.access_token ?? null;
}

/** A fresh token after a 401; null when the session is over. */
export async function refreshedAccessToken(): Promise<string | null> {
  if (readPublicConfig().authMode === 'stub') return null;
  const { data } = await (await browserClient()).auth.refreshSession();
  return data.session?.access_token ?? null;
}

// Loaded on first use: pages without a write, and the whole of stub mode, never download the library.
async function browserClient() {
  const { supabaseBrowserClient } = await import('@/lib/supabase/browser-client');
  return supabaseBrowserClient(readPublicConfig());
}
