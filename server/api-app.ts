import { type Context, Hono } from 'hono';
import { DomainError } from '@/lib/errors';
import { observeRequest } from '@/lib/health/process-metrics';
import { endpoint, unknownPath } from '@/lib/http/endpoint';
import { API_ROUTES } from './api-routes.generated';
import { corsFor } from './cors';
import { type ApiRoute, dispatchRoute, type RouteParams } from './dispatch-route';
import { logRequest } from './log-request';
import { routeName } from './route-name';
import { traceRequest } from './trace-request';

const malformedPath = endpoint(async () => {
  throw new DomainError('validation_failed', 'The path holds a malformed percent-escape', { hint: 'Encode "%" itself as %25.' });
});

/** The API as one router over the very route.ts modules that Next mounts in development. */
export function createApiApp(dashboardUrl: string, routes: ApiRoute[] = API_ROUTES): Hono {
  const app = new Hono({ getPath: rawPath });
  const cors = corsFor(dashboardUrl);
  const serve = async (context: Context, { pattern, name }: Served, answer: (request: Request) => Promise<Response>) => {
    const startedAt = performance.now();
    const request = context.req.raw;
    const response =
      cors.preflight(request.method, request) ?? cors.mark(request, await traceRequest(request, name, () => answer(request)));
    observeRequest(pattern, response.status, startedAt);
    logRequest(request, { method: request.method, route: name, status: response.status, startedAt });
    return response;
  };
  for (const route of routes) {
    const dispatch = dispatchRoute(route);
    const served = { pattern: route.pattern, name: routeName(route.pattern) };
    const catchAll = /:(\w+)\{\.\+\}$/.exec(route.pattern)?.[1];
    app.all(route.pattern, (context) =>
      serve(context, served, (request) => {
        const params = decodeParams(context, catchAll);
        return params ? dispatch(request, params) : malformedPath(request, NO_PARAMS);
      }),
    );
  }
  // Reached by paths that only turn out not to be /v1 once their dot segments are resolved.
  app.notFound((context) => serve(context, UNKNOWN, (request) => unknownPath(request, NO_PARAMS)));
  return app;
}

/** A route as metrics know it, and as the request log, traces and the documentation write it. */
interface Served {
  pattern: string;
  name: string;
}
const UNKNOWN: Served = { pattern: 'unknown', name: 'unknown' };
const NO_PARAMS = { params: Promise.resolve({}) };

/** Percent-escapes are left to decodeParams: Hono's own decoding forgives what Next refuses. */
function rawPath(request: Request): string {
  const { url } = request;
  const start = url.indexOf('/', url.indexOf('://') + 3);
  const end = url.slice(start).search(/[?#]/);
  return end === -1 ? url.slice(start) : url.slice(start, start + end);
}

/** The parameters as Next decodes them, a catch-all as a list; undefined for an escape that is not one. */
function decodeParams(context: Context, catchAll: string | undefined): RouteParams | undefined {
  const raw: Record<string, string> = context.req.param();
  if (!context.req.path.includes('%') && !catchAll) return raw;
  try {
    decodeURIComponent(context.req.path);
  } catch {
    return undefined;
  }
  if (!catchAll) return raw; // Hono has decoded each one, and all escapes are good.
  const depth = context.req.routePath.split('/').length - 1;
  return { ...raw, [catchAll]: context.req.path.split('/').slice(depth).map(decodeURIComponent) };
}
