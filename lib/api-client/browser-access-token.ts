import { ApiError } from './api-error';
import { oidcAccessToken } from './oidc-access-token';
import { readPublicConfig } from './public-config-context';

/** The token of the person at this browser: the session's, or the stub's; null when signed out. Throws ApiError in an outage. */
export async function currentAccessToken(): Promise<string | null> {
  const config = readPublicConfig();
  if (config.authMode === 'stub') return config.stubToken;
  if (config.authMode === 'oidc') return oidcAccessToken();
  const { browserSession } = await sessionModule();
  return tokenOf(await browserSession(config));
}

/** A fresh token after a 401; null when the session is over. Throws ApiError when nobody can say whether it is. */
export async function refreshedAccessToken(): Promise<string | null> {
  const { authMode } = readPublicConfig();
  if (authMode === 'stub') return null;
  if (authMode === 'oidc') return oidcAccessToken({ anew: true });
  const { renewedBrowserSession } = await sessionModule();
  return tokenOf(await renewedBrowserSession());
}

// Loaded on first use: pages without a write, and the whole of stub mode, never download it.
function sessionModule() {
  return import('@/lib/supabase/browser-session');
}

function tokenOf(session: { kind: 'token'; accessToken: string } | { kind: 'signed_out' | 'outage' }): string | null {
  if (session.kind === 'token') return session.accessToken;
  if (session.kind === 'signed_out') return null;
  throw new ApiError({
    status: 503,
    code: 'auth_provider_unavailable',
    message: 'The sign-in service cannot be reached',
    hint: 'You are still signed in. Try again in a few seconds.',
  });
}
