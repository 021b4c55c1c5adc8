import type { SessionWrites } from '@/lib/supabase/cookie-jar';
import type { RequestCookie } from '@/lib/supabase/session-cookie';
import { refreshOnce } from './refresh-once';
import { isCurrent, isDue, isOver, type OidcSession } from './session';
import { clearSession, hasSessionCookies, readSession, sessionWrites } from './session-cookie';

/** What became of the session in a request's cookies; `writes` is what the answer has to carry. */
export type OidcRefresh =
  | { kind: 'live'; session: OidcSession; writes: SessionWrites | null }
  /** Signed out: there was none, it was garbage, or it has ended (`writes.ended`). */
  | { kind: 'none'; writes: SessionWrites | null }
  /** It has run out and the provider cannot say more. The cookies stay: an outage signs nobody out. */
  | { kind: 'unreachable' };

/** A stored outcome may itself be due by the time a late request finds it. */
const MOST_REFRESHES = 5;

/** Keeps the session of a request alive. Never throws for what a browser may send, never decides who may pass. */
export async function refreshOidcSession(cookies: readonly RequestCookie[]): Promise<OidcRefresh> {
  if (!hasSessionCookies(cookies)) return { kind: 'none', writes: null };
  const found = await readSession(cookies);
  if (!found) return { kind: 'none', writes: clearSession(cookies) };
  let session = found;
  for (let tries = 0; tries < MOST_REFRESHES && session.refreshToken !== null && isDue(session); tries++) {
    const outcome = await refreshOnce(session);
    if (outcome.kind === 'ended' || (outcome.kind === 'session' && isOver(outcome.session)))
      return { kind: 'none', writes: { ...clearSession(cookies), ended: 'session_ended' } };
    if (outcome.kind === 'outage') break;
    session = outcome.session;
  }
  // A provider that is away while the session still counts is nobody's problem yet.
  if (!isCurrent(session)) return { kind: 'unreachable' };
  return { kind: 'live', session, writes: session === found ? null : await sessionWrites(session, cookies) };
}
