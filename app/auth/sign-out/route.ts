import type { NextRequest } from 'next/server';
import { config } from '@/lib/config';
import { dashboardRedirect } from '@/lib/page/dashboard-redirect';
import { refuseCrossSite } from '@/lib/page/refuse-cross-site';
import { safeNext, withNext } from '@/lib/page/safe-next';
import { requestCookies } from '@/lib/supabase/session-cookie';
import { type SignOutScope, signOut } from '@/lib/supabase/sign-out';
import { signOutAtProvider } from '../oidc/sign-out';

/** POST only: a prefetched or embedded GET must not sign anybody out. Form fields: `scope` (local, global, others), `next`. */
export async function POST(request: NextRequest): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const form = await request.formData().catch(() => new FormData());
  const scope = readScope(form.get('scope'));
  const next = safeNext(form.get('next'));
  if (config().mode === 'oidc') return signOutAtProvider(request, next);
  const { writes, confirmed } = await signOut(requestCookies(request.headers), scope);
  return dashboardRedirect(arrival(scope, next, confirmed), writes);
}

function readScope(value: unknown): SignOutScope {
  return value === 'global' || value === 'others' ? value : 'local';
}

/** Where one stands afterwards, and what is said there. The end of sessions elsewhere is told only when it is known. */
function arrival(scope: SignOutScope, next: string, confirmed: boolean): string {
  if (scope === 'others') return `${next}${next.includes('?') ? '&' : '?'}others=${confirmed ? 'ended' : 'unknown'}`;
  const everywhere = confirmed ? 'signed_out_everywhere' : 'signed_out_here';
  return withNext('/login', next, { reason: scope === 'global' ? everywhere : 'signed_out' });
}
