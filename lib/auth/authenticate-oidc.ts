import { DomainError } from '@/lib/errors';
import { openPageToken } from '@/lib/oidc/page-token';
import { unavailable } from '@/lib/oidc/provider';
import { verifyProviderToken } from '@/lib/oidc/provider-token';
import { refreshOidcSession } from '@/lib/oidc/refresh-session';
import { requestCookies } from '@/lib/supabase/session-cookie';
import type { RequestOrigin, UserActor } from './actor';

/** A person by a token of our own or by one that the provider issued for this API. Throws DomainError. */
export async function authenticateOidcToken(token: string, origin: RequestOrigin): Promise<UserActor> {
  const ours = await openPageToken(token);
  if (ours === 'expired') throw new DomainError('token_expired', 'This access token has expired');
  if (ours) {
    const { sub: userId, email, sid: sessionId, aal, provider_token: accessToken } = ours;
    return { type: 'user', userId, email, authMethod: 'oidc', sessionId, aal, accessToken, origin };
  }
  const person = await verifyProviderToken(token);
  return { type: 'user', ...person, authMethod: 'oidc', accessToken: token, origin };
}

/** The person behind the session cookie of a page; null when nobody is signed in. Throws auth_provider_unavailable. */
export async function authenticateOidcPage(headers: Headers, origin: RequestOrigin): Promise<UserActor | null> {
  // proxy.ts has refreshed what was due; without it this page still knows, and the next answer writes the cookie.
  const refresh = await refreshOidcSession(requestCookies(headers));
  if (refresh.kind === 'unreachable') return unavailable('the session has run out');
  if (refresh.kind === 'none') return null;
  const { userId, email, sessionId, aal, accessToken } = refresh.session;
  return { type: 'user', userId, email, authMethod: 'oidc', sessionId, aal, accessToken, origin };
}
