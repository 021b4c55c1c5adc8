import { type NextRequest, NextResponse } from 'next/server';
import { signOutOidc } from '@/lib/oidc/sign-out';
import { dashboardRedirect } from '@/lib/page/dashboard-redirect';
import { withNext } from '@/lib/page/safe-next';
import { requestCookies } from '@/lib/supabase/session-cookie';
import * as words from '@/messages/auth-answers';
import { language } from '@/messages/language';

/**
 * /auth/sign-out in oidc mode. A page that was navigated here goes on to the provider's own sign-out; by Refresh, because a
 * redirect would count as part of the form, and form-action would have to name every address the provider may lead through.
 */
export async function signOutAtProvider(request: NextRequest, next: string): Promise<Response> {
  const { writes, providerUrl } = await signOutOidc(requestCookies(request.headers), next);
  const navigated = request.headers.get('sec-fetch-mode') !== 'cors' && request.headers.get('sec-fetch-mode') !== 'same-origin';
  if (providerUrl === null || !navigated) return dashboardRedirect(withNext('/login', next, { reason: 'signed_out' }), writes);
  const text = words.signingOut((link) => `<a href="${escaped(providerUrl)}">${link}</a>`);
  const html = `<!doctype html><html lang="${language}"><title>${words.signingOutTitle}</title><p>${text}</p></html>`;
  const response = new NextResponse(html, {
    headers: { 'content-type': 'text/html; charset=utf-8', refresh: `0;url=${providerUrl}` },
  });
  for (const { name, value, options } of writes.cookies) response.cookies.set(name, value, options);
  response.headers.set('Cache-Control', 'private, no-store');
  return response;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
