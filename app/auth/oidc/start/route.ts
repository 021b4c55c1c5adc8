import { type NextRequest, NextResponse } from 'next/server';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { logger } from '@/lib/log';
import { startSignIn } from '@/lib/oidc/start-sign-in';
import { dashboardRedirect } from '@/lib/page/dashboard-redirect';
import { safeNext, withNext } from '@/lib/page/safe-next';
import { requestCookies } from '@/lib/supabase/session-cookie';

/** Sends the browser to the OpenID Connect provider. */
export async function GET(request: NextRequest): Promise<Response> {
  const next = safeNext(request.nextUrl.searchParams.get('next'));
  if (config().mode !== 'oidc') return dashboardRedirect(withNext('/login', next));
  try {
    const { url, writes } = await startSignIn(requestCookies(request.headers), next);
    const response = NextResponse.redirect(url, 303);
    for (const { name, value, options } of writes.cookies) response.cookies.set(name, value, options);
    response.headers.set('Cache-Control', 'private, no-store');
    return response;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    logger().warn({ err: error.cause ?? error }, error.message);
    return dashboardRedirect(withNext('/auth/error', next, { reason: 'unavailable' }));
  }
}
