import { config } from '@/lib/config';
import { authServerClient } from './auth-server-client';
import { CookieJar, type SessionWrites } from './cookie-jar';
import { refreshSession } from './refresh-session';
import type { RequestCookie } from './session-cookie';

export type SignOutScope = 'local' | 'global' | 'others';

export interface SignOutOutcome {
  writes: SessionWrites;
  /** The auth server said that it did as asked. False: it could not be reached or knew no such session. */
  confirmed: boolean;
}

const TIMEOUT_MS = 4_000;

/** Ends the session here always, and at the auth server when it can be reached. `others` keeps the one in hand. */
export async function signOut(cookies: readonly RequestCookie[], scope: SignOutScope): Promise<SignOutOutcome> {
  const settings = config();
  const { supabase } = settings;
  if (!supabase) return { writes: { cookies: [], headers: {} }, confirmed: true };
  const jar = new CookieJar(supabase, settings, cookies);
  // An expired token cannot end anything, its own session least of all.
  const refreshed = await refreshSession(cookies);
  const confirmed = refreshed.kind === 'live' && (await endSessions(refreshed.session.accessToken));
  // The refresh used the old token up, so whoever stays signed in must get the new one.
  if (scope === 'others') return { writes: (refreshed.kind !== 'unreachable' && refreshed.writes) || jar.writes, confirmed };
  jar.clear();
  return { writes: jar.writes, confirmed };

  async function endSessions(accessToken: string): Promise<boolean> {
    if (!supabase) return false;
    // An outage is no reason to stay: the browser forgets its tokens either way.
    const answer = await authServerClient(supabase, TIMEOUT_MS)
      .admin.signOut(accessToken, scope)
      .catch(() => null);
    return answer !== null && answer.error === null;
  }
}
