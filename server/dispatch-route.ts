import { requestOrigin } from '@/lib/auth/request-origin';
import { DomainError } from '@/lib/errors';
import { endpoint } from '@/lib/http/endpoint';
import { standardHeaders } from '@/lib/http/error-response';

export type RouteParams = Record<string, string | string[]>;
type Handler = (request: Request, context: { params: Promise<never> }) => Promise<Response>;
/** What a route.ts exports: a handler for each method it knows. */
type Handlers = Partial<Record<Method, Handler>>;

export interface ApiRoute {
  /** In Hono's syntax; also the route's name in the metrics. */
  pattern: string;
  handlers: Handlers;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];

const refuseMethod = endpoint(async () => {
  throw new DomainError('method_not_allowed', 'This path does not know that method', {
    hint: 'See the Allow header for the methods it knows.',
  });
});

/** The route as one function of a request: HEAD from GET, OPTIONS from what there is, 405 for the rest; as Next does it. */
export function dispatchRoute({ handlers }: ApiRoute): (request: Request, params: RouteParams) => Promise<Response> {
  const known: Handlers = { HEAD: handlers.GET, ...handlers };
  const allow = METHODS.filter((method) => known[method] ?? method === 'OPTIONS')
    .sort()
    .join(', ');
  return async (request, params) => {
    const handler = known[request.method as Method];
    // The table's handlers each name their own parameters; the pattern they stand beside is what provides them.
    if (handler) return handler(request, { params: Promise.resolve(params as never) });
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { ...optionsHeaders(request), allow } });
    const refusal = await refuseMethod(request, { params: Promise.resolve({}) });
    refusal.headers.set('allow', allow);
    return refusal;
  };
}

function optionsHeaders(request: Request): Record<string, string> {
  return standardHeaders(requestOrigin(request).requestId);
}
