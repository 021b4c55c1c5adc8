import { type NextRequest, NextResponse } from 'next/server';
import { refuseCrossSite } from '@/lib/page/refuse-cross-site';
import type { SessionWrites } from '@/lib/supabase/cookie-jar';
import { refreshSession } from '@/lib/supabase/refresh-session';
import { requestCookies } from '@/lib/supabase/session-cookie';
import * as words from '@/messages/auth-answers';

const RETRY_AFTER_SECONDS = '5';

/**
 * The fresh session of this browser, for its scripts. They refresh here and not at the auth server, so that tabs and proxy.ts
 * never use one refresh token twice. `?anew=1`: also when it is not due. `?store=caller`: the auth library writes the cookies
 * itself. 401 when signed out, 503 in an outage.
 */
export async function POST(request: NextRequest): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const query = request.nextUrl.searchParams;
  const evenIfFresh = query.get('anew') === '1';
  const refresh = await refreshSession(requestCookies(request.headers), { evenIfFresh });
  if (refresh.kind === 'unreachable') {
    const outage = { error: words.unreachable, code: 'auth_provider_unavailable' };
    return answer(outage, { status: 503, headers: { 'Retry-After': RETRY_AFTER_SECONDS } });
  }
  if (refresh.kind === 'none') {
    return answer({ error: words.nobody, code: 'session_revoked' }, { status: 401 }, refresh.writes);
  }
  return answer(refresh.session.stored, { status: 200 }, query.get('store') === 'caller' ? null : refresh.writes);
}

function answer(body: object, init: ResponseInit, writes?: SessionWrites | null): NextResponse {
  const response = NextResponse.json(body, init);
  for (const { name, value, options } of writes?.cookies ?? []) response.cookies.set(name, value, options);
  for (const [name, value] of Object.entries(writes?.headers ?? {})) response.headers.set(name, value);
  response.headers.set('Cache-Control', 'private, no-store');
  return response;
}
