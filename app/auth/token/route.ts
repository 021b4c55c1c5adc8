import type { NextRequest } from 'next/server';
import { config } from '@/lib/config';
import { apiTokenFor } from '@/lib/oidc/api-token-for';
import { refreshOidcSession } from '@/lib/oidc/refresh-session';
import { refuseCrossSite } from '@/lib/page/refuse-cross-site';
import { sessionAnswer } from '@/lib/page/session-answer';
import { requestCookies } from '@/lib/supabase/session-cookie';
import * as words from '@/messages/auth-answers';

/** The Bearer that this browser's scripts send to /v1, in oidc mode: the session cookie itself is out of their reach. */
export async function POST(request: NextRequest): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  if (config().mode !== 'oidc') return sessionAnswer({ error: words.noTokens, code: 'not_found' }, 404);
  const refresh = await refreshOidcSession(requestCookies(request.headers));
  if (refresh.kind === 'unreachable') return sessionAnswer({ error: words.unreachable, code: 'auth_provider_unavailable' }, 503);
  if (refresh.kind === 'none') return sessionAnswer({ error: words.nobody, code: 'session_revoked' }, 401, refresh.writes);
  const { accessToken, expiresAt } = await apiTokenFor(refresh.session);
  return sessionAnswer({ access_token: accessToken, expires_at: expiresAt }, 200, refresh.writes);
}
