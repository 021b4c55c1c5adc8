import type { NextRequest } from 'next/server';
import { config } from '@/lib/config';
import { dashboardRedirect } from '@/lib/page/dashboard-redirect';
import { FORGET_NEXT, NEXT_COOKIE, returnPath } from '@/lib/page/remembered-next';
import { withNext } from '@/lib/page/safe-next';
import { tellFailedSignIn } from '@/lib/page/tell-failed-sign-in';
import { exchangeCode } from '@/lib/supabase/exchange-code';
import { linkReasonOf } from '@/lib/supabase/link-reason';
import { requestCookies } from '@/lib/supabase/session-cookie';
import { returnFromProvider } from '../oidc/return';

const CODE = /^[A-Za-z0-9._~-]{8,128}$/;

/** Where mail links and OAuth providers return to. */
export async function GET(request: NextRequest): Promise<Response> {
  if (config().mode === 'oidc') return returnFromProvider(request);
  const query = request.nextUrl.searchParams;
  const next = returnPath(query.get('next'), request.cookies.get(NEXT_COOKIE)?.value);
  const failed = (reason: string) => withNext('/auth/error', next, { reason });

  if (query.has('error') || query.has('error_code')) {
    const reason = linkReasonOf(query.get('error_code'), query.get('error'));
    tellFailedSignIn(request.headers, reason);
    return dashboardRedirect(failed(reason));
  }
  const codes = query.getAll('code');
  // Half of an e-mail change: a message and no code. Otherwise what came is in the fragment, which only a page can read.
  if (codes.length === 0)
    return dashboardRedirect(query.has('message') ? failed('email_change_half') : withNext('/auth/finish', next));
  const [code = ''] = codes;
  if (codes.length > 1 || !CODE.test(code)) return dashboardRedirect(failed('malformed'));

  const outcome = await exchangeCode(requestCookies(request.headers), code);
  if (outcome.kind === 'failed') {
    tellFailedSignIn(request.headers, outcome.reason);
    return dashboardRedirect(failed(outcome.reason), outcome.writes);
  }
  const response = dashboardRedirect(outcome.secondFactor ? withNext('/mfa', next) : next, outcome.writes);
  response.cookies.set(FORGET_NEXT);
  return response;
}
