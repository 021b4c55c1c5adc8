import type { NextRequest } from 'next/server';
import { finishSignIn } from '@/lib/oidc/finish-sign-in';
import { dashboardRedirect } from '@/lib/page/dashboard-redirect';
import { withNext } from '@/lib/page/safe-next';
import { tellFailedSignIn } from '@/lib/page/tell-failed-sign-in';
import { requestCookies } from '@/lib/supabase/session-cookie';

/** /auth/callback in oidc mode: the return from the provider. */
export async function returnFromProvider(request: NextRequest): Promise<Response> {
  const outcome = await finishSignIn(requestCookies(request.headers), request.nextUrl.searchParams);
  if (outcome.kind === 'signed_in') return dashboardRedirect(outcome.next, outcome.writes);
  tellFailedSignIn(request.headers, outcome.reason);
  return dashboardRedirect(withNext('/auth/error', outcome.next, { reason: outcome.reason }), outcome.writes);
}
