import type { NextRequest } from 'next/server';
import { dashboardRedirect } from '@/lib/page/dashboard-redirect';
import { refuseCrossSite } from '@/lib/page/refuse-cross-site';
import { safeNext, withNext } from '@/lib/page/safe-next';
import { readLinkType, verifyLink } from '@/lib/supabase/exchange-code';
import { requestCookies } from '@/lib/supabase/session-cookie';
import * as words from '@/messages/auth-answers';

const TOKEN_HASH = /^[A-Za-z0-9_-]{16,128}$/;

/** The click on /auth/confirm: consumes a mail link's token. */
export async function POST(request: NextRequest): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const form = await request.formData().catch(() => new FormData());
  const next = safeNext(form.get('next'));
  const type = readLinkType(single(form, 'type'));
  const tokenHash = single(form, 'token_hash');
  if (!type || !tokenHash || !TOKEN_HASH.test(tokenHash)) {
    return Response.json(
      { error: words.notOurLink, code: 'validation_failed', hint: words.notOurLinkHint },
      { status: 400, headers: { 'cache-control': 'no-store' } },
    );
  }
  const outcome = await verifyLink(requestCookies(request.headers), tokenHash, type);
  if (outcome.kind === 'failed') return dashboardRedirect(withNext('/auth/error', next, { reason: outcome.reason }));
  const needsPassword = type === 'recovery' || type === 'invite';
  const target = needsPassword ? withNext('/auth/set-password', next) : next;
  return dashboardRedirect(outcome.secondFactor ? withNext('/mfa', target) : target, outcome.writes);
}

function single(form: FormData, name: string): string | undefined {
  const [value, ...more] = form.getAll(name);
  return more.length === 0 && typeof value === 'string' ? value : undefined;
}
