import { config } from '@/lib/config';
import { authServerClient } from './auth-server-client';
import { CookieJar, type SessionWrites } from './cookie-jar';
import { refreshOnce } from './refresh-once';
import { type RequestCookie, readSessionCookie } from './session-cookie';

export type SignOutScope = 'local' | 'global' | 'others';

const TIMEOUT_MS = 4_000;

/** Ends the session here always, and at the auth server when it can be reached. `others` keeps the one in hand. */
export async function signOut(cookies: readonly RequestCookie[], scope: SignOutScope): Promise<SessionWrites> {
  const settings = config();
  const { supabase } = settings;
  if (!supabase) return { cookies: [], headers: {} };
  const jar = new CookieJar(supabase, settings, cookies);
  const session = await readSessionCookie(cookies, jar.name);
  const token = session ? await usableToken() : null;
  if (token) await authServerClient(supabase, TIMEOUT_MS).admin.signOut(token, scope).catch(ignoreOutage);
  if (scope !== 'others') jar.clear();
  return jar.writes;

  // An expired token cannot end its own session, and the refresh token would live on.
  async function usableToken(): Promise<string | null> {
    if (!session || !supabase) return null;
    if (session.expiresAt > Date.now() / 1000) return session.accessToken;
    const outcome = await refreshOnce(supabase, session.refreshToken);
    if (outcome.kind !== 'session') return null;
    const fresh: unknown = JSON.parse(outcome.body);
    return typeof fresh === 'object' && fresh !== null && 'access_token' in fresh ? String(fresh.access_token) : null;
  }
}

function ignoreOutage(): void {
  // The browser forgets its tokens either way; the access token runs out by itself.
}
