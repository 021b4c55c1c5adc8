import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { authorizeCurrentOrg, type OrgAccess } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { type RequestHead, requestOrigin } from '@/lib/auth/request-origin';
import { traceRefusal } from '@/lib/auth/request-trace';
import { foreignHost, isForeignHost } from '@/lib/auth/stub-mode';
import { asDomainError, DomainError } from '@/lib/errors';
import { type GatewayTarget, isProgram, parseGatewayTarget } from '@/lib/gateway/gateway-path';
import { locateSandbox } from '@/lib/gateway/locate-sandbox';
import { auditActionOf, recordCall } from '@/lib/gateway/record-call';
import { redeemTicket } from '@/lib/gateway/redeem-ticket';
import { observeRequest } from '@/lib/health/process-metrics';
import { errorAnswer } from '@/lib/http/error-response';
import { rewriteInboundHeaders } from '@/lib/inbound-headers';
import { logger } from '@/lib/log';
import { logRequest } from '../log-request';
import { CLIENT_LEFT, hasBody, headOf } from './exchange';
import { endSocket, openTunnel, head as wireHead } from './tunnel';

export interface Asked {
  incoming: IncomingMessage;
  socket: Duplex;
  early: Buffer;
  dashboardUrl: string;
}

/** Opens a WebSocket to a sandbox for a program, by its Authorization header, or for a browser, by a ticket. Throws DomainError. */
export async function upgradeCall({ incoming, socket, early, dashboardUrl }: Asked): Promise<void> {
  const startedAt = performance.now();
  socket.on('error', () => socket.destroy());
  rewriteInboundHeaders(incoming);
  const head = headOf(incoming);
  const target = targetOf(incoming);
  let status = CLIENT_LEFT;
  socket.once('close', () => {
    observeRequest(target.route, status, startedAt);
    logRequest(head, { method: 'GET', route: target.route, status, startedAt });
  });
  try {
    const { access, path } = await admit(head, target, dashboardUrl);
    const agent = await locateSandbox(access, target.name);
    const action = auditActionOf('GET', target);
    if (action) await recordCall(access, { action, targetId: target.name, metadata: { agent: agent.id } });
    if (socket.destroyed) return;
    const answered = (told: number) => {
      status = told;
    };
    await openTunnel({ incoming, socket, early, access, path, isProgram: isProgram(target), answered }, agent);
  } catch (error) {
    if (!socket.destroyed && !socket.readableEnded) status = asDomainError(error).status;
    throw error;
  }
}

/** Answers a handshake with a refusal, as every route of /v1 does, and closes the connection. */
export function refuseUpgrade(incoming: IncomingMessage, socket: Duplex, thrown: unknown): void {
  const error = asDomainError(thrown);
  const origin = requestOrigin(headOf(incoming));
  traceRefusal(origin, error);
  if (error.status >= 500)
    logger().warn({ requestId: origin.requestId, code: error.code, err: error.cause ?? error }, error.message);
  if (socket.destroyed) return;
  const { status, headers, body } = errorAnswer(error, origin.requestId);
  endSocket(
    socket,
    wireHead(status, { ...headers, connection: 'close', 'content-length': String(Buffer.byteLength(body)) }) + body,
  );
}

function targetOf({ url = '', method, headers }: IncomingMessage): GatewayTarget {
  const target = parseGatewayTarget(url);
  if (target?.about !== 'sandbox' || target.action === '') {
    throw new DomainError('not_found', 'No WebSocket is served at this path');
  }
  const isHandshake = method === 'GET' && headers['sec-websocket-version'] === '13' && headers['sec-websocket-key'];
  if (!isHandshake || hasBody({ headers })) {
    throw new DomainError('validation_failed', 'This is not the handshake of a WebSocket', {
      hint: 'See RFC 6455, section 4.1.',
    });
  }
  return target;
}

async function admit(
  head: RequestHead,
  target: GatewayTarget,
  dashboardUrl: string,
): Promise<{ access: OrgAccess<'sandboxes:use'>; path: string }> {
  const { ticket, path } = takeTicket(target.path);
  if (ticket === undefined) {
    const actor = await authenticateRequest(head);
    return { path, access: await authorizeCurrentOrg(actor, head.headers.get('x-pandastack-org'), 'sandboxes:use') };
  }
  if (isForeignHost(head.headers.get('host'))) throw foreignHost();
  // A ticket is proof enough; a page of another origin that has got hold of one is none of ours.
  const from = head.headers.get('origin');
  if (from !== null && from !== dashboardUrl)
    throw new DomainError('forbidden', 'WebSockets are opened from the dashboard alone');
  const asked = { sandboxId: target.name, path: target.action, origin: requestOrigin(head) };
  return { path, access: await redeemTicket(ticket, asked) };
}

/** A ticket is ours alone: the agent is asked without it. */
function takeTicket(path: string): { ticket: string | undefined; path: string } {
  const cut = path.indexOf('?');
  if (cut === -1) return { ticket: undefined, path };
  const pairs = path.slice(cut + 1).split('&');
  const ticket = pairs.find((pair) => pair.startsWith('ticket='))?.slice('ticket='.length);
  const rest = pairs.filter((pair) => !pair.startsWith('ticket=')).join('&');
  return { ticket, path: path.slice(0, cut) + (rest === '' ? '' : `?${rest}`) };
}
