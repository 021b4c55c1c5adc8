import { randomUUID } from 'node:crypto';
import { config } from '@/lib/config';
import type { RequestOrigin } from './actor';

/** Set by server.ts from the socket, after every inbound copy was removed. */
export const REMOTE_ADDRESS_HEADER = 'x-pandastack-remote-address';
const CLIENT_REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/;
const MAX_USER_AGENT = 300;
// On the request itself: a WeakMap of all that are open costs each of them more, and the collector most.
const ORIGIN = Symbol('origin');

/** As much of a request as says who sends it: a Request, or what a server made of Node's own. */
export interface RequestHead {
  headers: Pick<Headers, 'get'>;
  /** What requestOrigin() found. */
  [ORIGIN]?: RequestOrigin;
}

/** Where a request came from; the same answer each time it is asked about one request. */
export function requestOrigin(request: RequestHead): RequestOrigin {
  request[ORIGIN] ??= originOf(request.headers);
  return request[ORIGIN];
}

/** The origin told by the headers of a request (pages have no Request object). */
export function originOf(headers: Pick<Headers, 'get'>): RequestOrigin {
  const asked = headers.get('x-request-id');
  return {
    requestId: asked !== null && CLIENT_REQUEST_ID.test(asked) ? asked : randomUUID(),
    ip: clientIp(headers),
    userAgent: (headers.get('user-agent') ?? '').slice(0, MAX_USER_AGENT),
  };
}

/** X-Forwarded-For is believed from the right, for as many hops as the operator says they own. */
function clientIp(headers: Pick<Headers, 'get'>): string {
  const socket = headers.get(REMOTE_ADDRESS_HEADER) ?? '';
  const { trustedProxies } = config();
  if (trustedProxies === 0) return socket;
  const hops = (headers.get('x-forwarded-for') ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter(Boolean);
  return hops.at(-trustedProxies) ?? socket;
}
