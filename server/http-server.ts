import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { foreignHost, isForeignHost } from '@/lib/auth/stub-mode';
import { DomainError } from '@/lib/errors';
import { errorResponse } from '@/lib/http/error-response';
import { logger } from '@/lib/log';
import type { Gateway } from './gateway/gateway';
import { limitBodyTime } from './limit-body-time';
import type { NodeListener } from './next-pages';

/** What one connection may cost. Who is slower than these timeouts is answered 408 and closed. */
export const LIMITS = {
  // Room for a chunked session cookie and a bearer token; more is answered 431.
  maxHeaderSize: 32 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  // Longer than the idle time of the usual load balancers (60 s), so that they close first.
  keepAliveTimeout: 75_000,
  // Finds out that the other side of a silent stream is gone.
  keepAlive: true,
  keepAliveInitialDelay: 30_000,
  connectionsCheckingInterval: 5_000,
  // Java's and curl's offers of h2c are declined by answering as usual.
  shouldUpgradeCallback: (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === 'websocket',
};

/** Node drops what comes after its own, higher limit, and a header that is dropped is one that nobody checked. */
const MAX_HEADERS = 128;
const API_PATH = /^\/(?:v1|healthz|readyz|version|metrics)(?:[/?#]|$)/;

interface Routers {
  api: Hono;
  pages: NodeListener;
  /** Takes what is for the machines that run sandboxes, and every WebSocket. */
  gateway: Gateway;
}

/** One server in front of all routers: what agents answer goes to the gateway, the API's paths to its own, everything else to Next. */
export function createHttpServer({ api, pages, gateway }: Routers, limits: ServerOptions = LIMITS): Server {
  const answerApi = getRequestListener(api.fetch, {
    overrideGlobalObjects: false,
    hostname: 'localhost',
    errorHandler: refuseRequest,
  });
  // Node's own would cut off uploads to sandboxes, which take as long as they take.
  const { requestTimeout: bodyMs = LIMITS.requestTimeout, ...others } = limits;
  const server = createServer({ ...others, requestTimeout: 0 }, (request, response) => {
    if (request.rawHeaders.length > 2 * MAX_HEADERS) return refuse(response, 431, 'Too many header fields');
    if (!request.url?.startsWith('/') && !takeOriginForm(request)) return refuseTarget(response);
    if (gateway.answer(request, response)) return;
    limitBodyTime(request, response, bodyMs);
    if (API_PATH.test(request.url ?? '')) return answerApi(request, response);
    if (isForeignHost(request.headers.host)) return refuseHost(response);
    if (hasMalformedEscape(request.url ?? '')) return refuseTarget(response);
    pages(request, response).catch((error: unknown) => failPage(error, response));
  });
  server.on('upgrade', (request, socket, early) => {
    if (request.rawHeaders.length <= 2 * MAX_HEADERS) return gateway.upgrade(request, socket, early);
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  return server;
}

/** RFC 9112: a server must take `GET http://host/path`. The host in it counts for nothing here, like any Host header. */
function takeOriginForm(request: IncomingMessage): boolean {
  if (!/^https?:\/\//i.test(request.url ?? '') || !URL.canParse(request.url ?? '')) return false;
  const { pathname, search } = new URL(request.url ?? '');
  request.url = pathname + search;
  return true;
}

// Next answers these with a 500.
function hasMalformedEscape(url: string): boolean {
  const [path = ''] = url.split('?', 1);
  if (!path.includes('%')) return false;
  try {
    decodeURIComponent(path);
    return false;
  } catch {
    return true;
  }
}

/** The router throws for nothing but a Host header or a path that no URL can be made of. */
function refuseRequest(cause: unknown): Response {
  return errorResponse(new DomainError('validation_failed', 'The address of this request is malformed', { cause }), randomUUID());
}

function refuseTarget(response: ServerResponse): void {
  refuse(response, 400, 'Bad request target');
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', 'cache-control': 'no-store', connection: 'close' }).end(`${why}\n`);
}

/** The API refuses a foreign host of stub mode by itself, in JSON; a page would tell it no better than as a failure. */
function refuseHost(response: ServerResponse): void {
  const { status, message, hint } = foreignHost();
  response
    .writeHead(status, { 'content-type': 'text/plain', 'cache-control': 'no-store', connection: 'close' })
    .end(`${message}. ${hint}\n`);
}

function failPage(error: unknown, response: ServerResponse): void {
  logger().error({ err: error }, 'Next could not answer');
  if (response.headersSent) response.destroy();
  else
    response
      .writeHead(500, { 'content-type': 'text/plain', 'cache-control': 'no-store' })
      .end('Something went wrong on our side\n');
}
