import { type NextRequest, NextResponse } from 'next/server';
import { config as settings } from '@/lib/config';
import { refreshOidcSession } from '@/lib/oidc/refresh-session';
import { outagePage } from '@/lib/page/outage-page';
import { newNonce, securityHeaders } from '@/lib/page/security-headers';
import { sessionEndedCookie } from '@/lib/page/session-ended-note';
import type { SessionWrites } from '@/lib/supabase/cookie-jar';
import { refreshSession } from '@/lib/supabase/refresh-session';
import { requestCookies } from '@/lib/supabase/session-cookie';

/** Keeps the session cookie alive and sets the security headers. Guards nothing: pages and the API ask for themselves. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const path = request.nextUrl.pathname;
  const nonce = newNonce();
  const headers = securityHeaders({ config: settings(), nonce, path, development: process.env.NODE_ENV === 'development' });
  // /auth/* reads and writes the session itself; two writers of one cookie in one answer would race.
  const refresh = path.startsWith('/auth/') ? null : await refresher()(requestCookies(request.headers));
  if (refresh?.kind === 'unreachable' && !OPEN_TO_ALL.has(path)) {
    return withHeaders(outagePage(), headers);
  }
  const writes = refresh && refresh.kind !== 'unreachable' ? refresh.writes : null;

  const forwarded = new Headers(request.headers);
  forwarded.set('x-nonce', nonce);
  forwarded.set('content-security-policy', headers['Content-Security-Policy'] ?? '');
  if (writes) forwarded.set('cookie', cookieHeaderWith(request, writes));

  const response = withHeaders(NextResponse.next({ request: { headers: forwarded } }), headers);
  for (const { name, value, options } of writes?.cookies ?? []) response.cookies.set(name, value, options);
  if (writes?.ended) response.cookies.set(sessionEndedCookie(writes.ended));
  return withHeaders(response, writes?.headers ?? {});
}

function refresher() {
  return settings().mode === 'oidc' ? refreshOidcSession : refreshSession;
}

// Whoever cannot be recognized for the moment may still look at these.
const OPEN_TO_ALL = new Set(['/login', '/signup']);

function withHeaders(response: NextResponse, headers: Record<string, string>): NextResponse {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

// The page of this very request must see the new session too, or it would send a signed-in person to /login.
function cookieHeaderWith(request: NextRequest, { cookies }: SessionWrites): string {
  for (const { name, value } of cookies) {
    if (value === '') request.cookies.delete(name);
    else request.cookies.set(name, value);
  }
  return request.cookies.toString();
}

// The API and the probes stay outside: a matched route's body is cut at 10 MB, and they have no cookies to refresh.
export const config = {
  matcher: ['/((?!(?:v1|healthz|readyz|metrics|version)(?:/|$)|_next/static|_next/image|icon\\.svg$|favicon\\.ico$).*)'],
};
