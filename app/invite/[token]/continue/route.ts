import type { NextRequest } from 'next/server';
import { dashboardRedirect } from '@/lib/page/dashboard-redirect';
import { CONTINUE_INVITE, pendingInviteCookie } from '@/lib/page/pending-invite';
import { refuseCrossSite } from '@/lib/page/refuse-cross-site';
import { withNext } from '@/lib/page/safe-next';

const SECRET = /^[A-Za-z0-9_.~-]{8,200}$/;

/** Puts the invite's secret into a short-lived cookie and sends its holder to sign in (`to=login`) or sign up (`to=signup`). */
export async function POST(request: NextRequest, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const { token } = await params;
  const form = await request.formData().catch(() => new FormData());
  const page = form.get('to') === 'signup' ? '/signup' : '/login';
  const response = dashboardRedirect(withNext(page, CONTINUE_INVITE));
  if (!SECRET.test(token)) return response;
  const { name, value, options } = pendingInviteCookie(token);
  response.cookies.set(name, value, options);
  return response;
}
