import { config } from '@/lib/config';

/**
 * A 403 for a form that another site submitted with this person's cookies; null when it is our own. Browsers that say
 * where a request comes from are believed; others must send our Origin. A request that says neither is refused.
 */
export function refuseCrossSite(request: Request): Response | null {
  const site = request.headers.get('sec-fetch-site');
  const ours = site === null ? request.headers.get('origin') === config().dashboardUrl : site === 'same-origin';
  if (ours) return null;
  return Response.json(
    { error: 'This request came from another site', code: 'csrf', hint: 'Open the dashboard and try again there.' },
    { status: 403, headers: { 'cache-control': 'no-store' } },
  );
}
