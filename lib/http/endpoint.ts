import { requestOrigin } from '@/lib/auth/request-origin';
import { traceRefusal } from '@/lib/auth/request-trace';
import { asDomainError, DomainError } from '@/lib/errors';
import { logger } from '@/lib/log';
import { answerOnce } from './answer-once';
import { errorResponse, standardHeaders } from './error-response';
import type { Reply } from './reply';

type Handler<Params> = (request: Request, params: Params) => Promise<Reply | Response>;
interface RouteContext<Params> {
  params: Promise<Params>;
}

/** Makes a route of a handler: the only place of /v1 where errors are caught and answers get their headers. */
export function endpoint<Params = unknown>(handler: Handler<Params>) {
  return async (request: Request, { params }: RouteContext<Params>): Promise<Response> => {
    const origin = requestOrigin(request);
    const { requestId } = origin;
    try {
      const known = readable(await params);
      return asResponse(await answerOnce(request, () => handler(request, known)), requestId);
    } catch (thrown) {
      const error = asDomainError(thrown);
      traceRefusal(origin, error);
      if (error.status >= 500) logger().error({ requestId, code: error.code, err: error.cause ?? error }, error.message);
      return errorResponse(error, requestId);
    }
  };
}

/** The answer to a path of /v1 that does not exist. */
export const unknownPath = endpoint<{ rest?: string[] }>(async () => {
  throw new DomainError('not_found', 'There is no such path in this API', {
    hint: 'Check its spelling and the method; paths begin with /v1.',
  });
});

/** Nothing we keep is named with a control character, and Postgres takes no NUL. */
function readable<Params>(params: Params): Params {
  const values = Object.values(params ?? {}).flat();
  if (values.some((value) => typeof value === 'string' && /\p{Cc}/u.test(value)))
    throw new DomainError('not_found', 'There is nothing of this name');
  return params;
}

function asResponse(reply: Reply | Response, requestId: string): Response {
  const headers = standardHeaders(requestId);
  if (reply instanceof Response) {
    for (const [name, value] of Object.entries(headers)) reply.headers.set(name, value);
    return reply;
  }
  Object.assign(headers, reply.headers);
  if (reply.status === 204) return new Response(null, { status: 204, headers });
  headers['content-type'] = 'application/json; charset=utf-8';
  return new Response(JSON.stringify(reply.body), { status: reply.status, headers });
}
