import { config } from '@/lib/config';
import { CookieJar, type SessionWrites } from './cookie-jar';
import { refreshOnce } from './refresh-once';
import { type CookieSession, type RequestCookie, readSessionCookie, sessionChunks } from './session-cookie';

// Under the auth library's own margin of 90 s, so that it agrees that the session is due.
const REFRESH_BEFORE_SECONDS = 60;

/** What became of the session in a request's cookies; `writes` is what the answer has to carry. */
export type SessionRefresh =
  /** `session` is good to use now, new or not. */
  | { kind: 'live'; session: CookieSession; writes: SessionWrites | null }
  /** Signed out: there was none, it was garbage, or the auth server ended it (`writes.ended`). */
  | { kind: 'none'; writes: SessionWrites | null }
  /** It has run out and the auth server cannot say more. The cookies stay: an outage signs nobody out. */
  | { kind: 'unreachable' };

interface Options {
  /** Refresh although it is not due: the API refused this very token. */
  evenIfFresh?: boolean;
}

/**
 * Keeps the session of a request alive: refreshes it when it is about to expire, clears it when it is garbage or over, and
 * leaves it alone when the auth server cannot say. Never throws, never decides who may pass.
 */
export async function refreshSession(cookies: readonly RequestCookie[], options: Options = {}): Promise<SessionRefresh> {
  const settings = config();
  if (!settings.supabase) return { kind: 'none', writes: null };
  const jar = new CookieJar(settings.supabase, settings, cookies);
  if (sessionChunks(cookies, jar.name).length === 0) return { kind: 'none', writes: null };

  const session = await readSessionCookie(cookies, jar.name);
  if (!session) {
    jar.clear();
    return { kind: 'none', writes: jar.writes };
  }
  const secondsLeft = session.expiresAt - Date.now() / 1000;
  if (secondsLeft > REFRESH_BEFORE_SECONDS && !options.evenIfFresh) return { kind: 'live', session, writes: null };

  const outcome = await refreshOnce(settings.supabase, session.refreshToken);
  if (outcome.kind === 'outage') {
    return secondsLeft > 0 && !options.evenIfFresh ? { kind: 'live', session, writes: null } : { kind: 'unreachable' };
  }
  if (outcome.kind === 'ended') {
    jar.clear();
    return { kind: 'none', writes: { ...jar.writes, ended: outcome.why } };
  }
  await store(jar, outcome.body);
  const fresh = await readSessionCookie(writtenCookies(jar.writes), jar.name);
  return fresh ? { kind: 'live', session: fresh, writes: jar.writes } : { kind: 'unreachable' };
}

// The auth library writes the cookies: their format is its own. It gets the answer we already have instead of asking again.
async function store(jar: CookieJar, body: string): Promise<void> {
  const client = jar.client(async () => new Response(body, { headers: { 'content-type': 'application/json' } }));
  await client.auth.refreshSession();
}

function writtenCookies({ cookies }: SessionWrites): RequestCookie[] {
  return cookies.filter(({ value }) => value !== '');
}
