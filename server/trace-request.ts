import { requestOrigin } from '@/lib/auth/request-origin';
import { withRequestSpan } from '@/lib/tracing/request-span';

/** Answers inside a span named after the route. Probes and metrics have none: they would drown the rest. */
export function traceRequest(request: Request, route: string, answer: () => Promise<Response>): Promise<Response> {
  if (!route.startsWith('/v1/')) return answer();
  const { method, headers } = request;
  return withRequestSpan({ method, route, headers, requestId: requestOrigin(request).requestId }, answer);
}
