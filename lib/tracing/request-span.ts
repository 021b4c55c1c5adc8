import { context, propagation, type Span, SpanStatusCode } from '@opentelemetry/api';
import { isTracing, withSpan } from './with-span';

interface TracedRequest {
  method: string;
  /** The pattern, never the path: that may hold an invite's secret. */
  route: string;
  headers: Headers | Record<string, unknown>;
  requestId: string;
}

/** The span of one request of /v1, below the one its proxy names when proxies are trusted. */
export function withRequestSpan<Answer extends { status: number }>(
  request: TracedRequest,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  if (!isTracing()) return answer();
  const { method, route, headers, requestId } = request;
  return withSpan(
    `${method} ${route}`,
    {
      kind: 'server',
      attributes: { 'http.request.method': method, 'http.route': route, 'pandastack.request_id': requestId },
      parent: propagation.extract(context.active(), headers instanceof Headers ? Object.fromEntries(headers) : headers),
    },
    async (span) => {
      const response = await answer();
      noteStatus(span, response.status);
      return response;
    },
  );
}

function noteStatus(span: Span | undefined, status: number): void {
  span?.setAttribute('http.response.status_code', status);
  if (status >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
}
