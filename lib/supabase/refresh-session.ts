import { config } from '@/lib/config';
import { CookieJar, type SessionWrites } from './cookie-jar';
import { refreshOnce } from './refresh-once';
import { type RequestCookie, readSessionCookie, sessionChunks } from './session-cookie';

// Under the auth library's own margin of 90 s, so that it agrees that the session is due.
const REFRESH_BEFORE_SECONDS = 60;

/**
 * Keeps the session of a request alive: refreshes it when it is about to expire, clears it when it is garbage or over, and
 * leaves it alone when the auth server cannot say. Null: nothing to write. Never throws, never decides who may pass.
 */
export async function refreshSession(cookies: readonly RequestCookie[]): Promise<SessionWrites | null> {
  const settings = config();
  if (!settings.supabase) return null;
  const jar = new CookieJar(settings.supabase, settings, cookies);
  if (sessionChunks(cookies, jar.name).length === 0) return null;

  const session = await readSessionCookie(cookies, jar.name);
  if (!session) {
    jar.clear();
    return jar.writes;
  }
  if (session.expiresAt - Date.now() / 1000 > REFRESH_BEFORE_SECONDS) return null;

  const outcome = await refreshOnce(settings.supabase, session.refreshToken);
  if (outcome.kind === 'outage') return null;
  if (outcome.kind === 'ended') {
    jar.clear();
    return { ...jar.writes, ended: true };
  }
  await store(jar, outcome.body);
  return jar.writes;
}

// The auth library writes the cookies: their format is its own. It gets the answer we already have instead of asking again.
async function store(jar: CookieJar, body: string): Promise<void> {
  const client = jar.client(async () => new Response(body, { headers: { 'content-type': 'application/json' } }));
  await client.auth.getSession();
}
