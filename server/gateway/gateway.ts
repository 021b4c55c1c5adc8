import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { authorizeCurrentOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { requestOrigin } from '@/lib/auth/request-origin';
import { DomainError } from '@/lib/errors';
import { type GatewayTarget, parseGatewayTarget } from '@/lib/gateway/gateway-path';
import { observeRequest } from '@/lib/health/process-metrics';
import { withRequestSpan } from '@/lib/tracing/request-span';
import { corsFor } from '../cors';
import { logRequest } from '../log-request';
import { answerCall } from './answer-call';
import { CLIENT_LEFT, type Exchange, headOf, refuse } from './exchange';
import { takeTurn } from './take-turn';
import { refuseUpgrade, upgradeCall } from './upgrade';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The gateway as Node's server asks it: whether a request is for the agents, and then to answer it. */
export interface Gateway {
  /** False: the request is somebody else's. */
  answer(incoming: IncomingMessage, outgoing: ServerResponse): boolean;
  upgrade(incoming: IncomingMessage, socket: Duplex, early: Buffer): void;
}

/** Stands before the machines that run sandboxes: who calls, whose it is, where it is, and then the agent's own answer. */
export function createGateway(dashboardUrl: string): Gateway {
  const cors = corsFor(dashboardUrl);
  return {
    answer(incoming, outgoing) {
      const found = targetOf(incoming);
      if (!found) return false;
      takeTurn(incoming, outgoing, () => void serve(incoming, outgoing, { found, cors }));
      return true;
    },
    upgrade(incoming, socket, early) {
      void upgradeCall({ incoming, socket, early, dashboardUrl }).catch((error: unknown) =>
        refuseUpgrade(incoming, socket, error),
      );
    },
  };
}

/** A path that begins like ours and cannot be passed on is refused here, by nobody else. */
function targetOf({ url = '' }: IncomingMessage): GatewayTarget | DomainError | undefined {
  try {
    return parseGatewayTarget(url);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

interface Found {
  found: GatewayTarget | DomainError;
  cors: ReturnType<typeof corsFor>;
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, { found, cors }: Found): Promise<void> {
  const startedAt = performance.now();
  const head = headOf(incoming);
  const method = incoming.method ?? 'GET';
  const route = found instanceof DomainError ? 'unknown' : found.route;
  const preflight = cors.preflight(method, head);
  if (preflight) {
    outgoing.writeHead(preflight.status, Object.fromEntries(preflight.headers)).end();
    return;
  }
  const corsHeaders = cors.headersFor(head);
  outgoing.on('close', () => {
    const status = outgoing.headersSent ? outgoing.statusCode : CLIENT_LEFT;
    observeRequest(route, status, startedAt);
    logRequest(head, { method, route, status, startedAt });
  });
  const traced = { method, route, headers: incoming.headers, requestId: requestOrigin(head).requestId };
  await withRequestSpan(traced, async () => {
    try {
      if (found instanceof DomainError) throw found;
      refuseMethod(method, found);
      const actor = await authenticateRequest(head);
      const access = await authorizeCurrentOrg(actor, head.headers.get('x-pandastack-org'), 'sandboxes:use');
      await answerCall({ incoming, outgoing, head, target: found, access, corsHeaders });
    } catch (error) {
      refuse({ incoming, outgoing, head, corsHeaders } satisfies Partial<Exchange>, error);
    }
    return { status: outgoing.statusCode };
  });
}

function refuseMethod(method: string, { action }: GatewayTarget): void {
  const known = METHODS.includes(method) && (method !== 'OPTIONS' || action.startsWith('proxy/'));
  if (known) return;
  throw new DomainError('method_not_allowed', 'This path does not know that method', {
    hint: `It may know ${METHODS.slice(0, -1).join(', ')}.`,
  });
}
