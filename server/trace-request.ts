import { requestOrigin } from '@/lib/auth/request-origin';
import { withRequestSpan } from '@/lib/tracing/request-span';
import { routeName } from './route-name';

/** Answers inside a span. Probes and metrics have none: they would drown the rest. */
export function traceRequest(request: Request, pattern: string, answer: () => Promise<Response>): Promise<Response> {
  if (!pattern.startsWith('/v1/')) return answer();
  const { method, headers } = request;
  return withRequestSpan({ method, route: routeName(pattern), headers, requestId: requestOrigin(request).requestId }, answer);
}
