import type { PublicConfig } from '@/lib/public-config';
import { type CookieSession, parseCookies, readSessionCookie } from './session-cookie';
import { sessionCookieName } from './session-cookie-name';

/** What this browser's session is good for now. `outage`: it has run out and the auth server cannot be asked. */
export type BrowserSession = { kind: 'token'; accessToken: string } | { kind: 'signed_out' } | { kind: 'outage' };

// The server's own margin (refresh-session.ts), so that both agree whether a session is due.
const REFRESH_BEFORE_SECONDS = 60;
const TIMEOUT_MS = 15_000;

/** The session in this browser's cookies, refreshed by our own server when it is due. Costs no request otherwise. */
export async function browserSession(config: PublicConfig): Promise<BrowserSession> {
  const session = await storedSession(config);
  if (!session) return { kind: 'signed_out' };
  const secondsLeft = session.expiresAt - Date.now() / 1000;
  if (secondsLeft > REFRESH_BEFORE_SECONDS) return { kind: 'token', accessToken: session.accessToken };
  return asToken(await askForSession(''));
}

/** A new token after the API refused the present one. */
export async function renewedBrowserSession(): Promise<BrowserSession> {
  return asToken(await askForSession('?anew=1'));
}

/** The session as this browser's cookies hold it, unverified; null when signed out. */
export function storedSession({ supabaseUrl, dashboardUrl }: PublicConfig): Promise<CookieSession | null> {
  const name = sessionCookieName({ supabasePublicUrl: supabaseUrl ?? '', dashboardUrl });
  return readSessionCookie(parseCookies(document.cookie), name);
}

/** What /auth/refresh says; 503 stands for every way in which it cannot be asked. */
export async function askForSession(query: string): Promise<{ status: number; body: unknown }> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`/auth/refresh${query}`, { method: 'POST', cache: 'no-store', signal });
    return { status: response.status, body: await response.json() };
  } catch {
    return { status: 503, body: null };
  }
}

function asToken({ status, body }: { status: number; body: unknown }): BrowserSession {
  if (status === 401) return { kind: 'signed_out' };
  const token = typeof body === 'object' && body !== null && 'access_token' in body ? body.access_token : null;
  return status === 200 && typeof token === 'string' ? { kind: 'token', accessToken: token } : { kind: 'outage' };
}
