import type { RequestHead } from '@/lib/auth/request-origin';

const ALLOWED_METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const ALLOWED_HEADERS = 'Authorization, Content-Type, Idempotency-Key, X-Pandastack-Org, X-Request-Id';
const EXPOSED_HEADERS = 'X-Request-Id, Retry-After, WWW-Authenticate, Idempotent-Replayed, X-Pandastack-Agents-Unreachable';
const PREFLIGHT_SECONDS = '600';

/** Lets the pages of one origin read the API when it runs on another host. Never with credentials: /v1 reads no cookie. */
export function corsFor(dashboardUrl: string) {
  const trusted = (request: RequestHead) => request.headers.get('origin') === dashboardUrl;
  const readable = (request: RequestHead): Record<string, string> =>
    trusted(request) ? { 'access-control-allow-origin': dashboardUrl, 'access-control-expose-headers': EXPOSED_HEADERS } : {};
  return {
    /** The answer to a preflight of the dashboard; undefined for every other request. */
    preflight(method: string, request: RequestHead): Response | undefined {
      if (method !== 'OPTIONS' || request.headers.get('access-control-request-method') === null) return undefined;
      if (!trusted(request)) return undefined;
      const headers = new Headers({
        'access-control-allow-origin': dashboardUrl,
        'access-control-allow-methods': ALLOWED_METHODS,
        'access-control-allow-headers': ALLOWED_HEADERS,
        'access-control-max-age': PREFLIGHT_SECONDS,
        vary: 'Origin',
      });
      return new Response(null, { status: 204, headers });
    },
    /** Marks an answer to a browser as readable by the dashboard, or as different for it. */
    mark(request: Request, response: Response): Response {
      if (!request.headers.has('origin')) return response;
      response.headers.append('vary', 'Origin');
      for (const [name, value] of Object.entries(readable(request))) response.headers.set(name, value);
      return response;
    },
    /** The same as headers, for an answer that is not a Response. */
    headersFor(request: RequestHead): Record<string, string> {
      return request.headers.get('origin') === null ? {} : { vary: 'Authorization, Origin', ...readable(request) };
    },
  };
}
