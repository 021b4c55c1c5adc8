import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Agent } from '../agent';
import { socketRoutes } from '../routes/socket-table';
import { checkNodeToken, checkOwner, noteActivity } from './admit';
import { answer, type Call, type Handler, Refusal, type Route } from './call';
import { findRoute } from './router';
import { beginCall } from './serve';

/** Answers a request to become a WebSocket (or whatever a program behind a port speaks), refusals in HTTP. */
export async function upgrade(agent: Agent, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  socket.on('error', () => {});
  const response = new ServerResponse(request);
  const call = beginCall(agent, request, response);
  try {
    checkNodeToken(call);
    const { handler, params } = findSocketRoute(call);
    call.params = params;
    await checkOwner(call);
    await noteActivity(call);
    await handler(call, socket, head);
  } catch (error) {
    refuse(call, socket, error);
  }
}

function findSocketRoute({ request, path }: Call) {
  const none: Handler = () => {};
  const table = socketRoutes.map(([pattern]): Route => ['ANY', pattern, none]);
  for (const [index, route] of table.entries()) {
    const match = findRoute([route], request.method ?? '', path);
    const handler = socketRoutes[index]?.[1];
    if (match && match !== 'method' && handler) return { handler, params: match.params };
  }
  throw new Refusal(404, '404 page not found');
}

function refuse(call: Call, socket: Duplex, error: unknown): void {
  const { response } = call;
  response.shouldKeepAlive = false;
  // A ServerResponse writes to what is at least a Duplex; its type asks for the whole of a net.Socket.
  response.assignSocket(socket as Parameters<ServerResponse['assignSocket']>[0]);
  response.once('finish', () => socket.end());
  answer(call, error instanceof Refusal ? error.status : 500, { error: error instanceof Error ? error.message : String(error) });
}
