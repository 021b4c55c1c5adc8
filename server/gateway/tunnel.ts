import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { OrgAccess } from '@/lib/access/org-access';
import type { DomainError } from '@/lib/errors';
import { headersForAgent, headersForClient, headersForProgram } from '@/lib/gateway/agent-headers';
import type { Agent } from '@/lib/gateway/list-agents';
import { watchCall } from '@/lib/gateway/open-calls';
import { refuseNodeTokenAnswer, unreachable } from './agent-client';
import { closeFrame, FrameBoundary } from './frame-boundary';
import { patience } from './patience';

const MOST_HEADER_BYTES = 32 * 1024;

export interface Upgrade {
  incoming: IncomingMessage;
  socket: Duplex;
  /** What the client sent after its handshake. */
  early: Buffer;
  access: OrgAccess<'sandboxes:use'>;
  /** As the agent is asked for it. */
  path: string;
  /** A program in the sandbox answers, and not the agent. */
  isProgram: boolean;
  /** Told the status of the handshake, in the moment the client is. */
  answered(status: number): void;
}

/**
 * Opens a WebSocket at the agent and joins it with the client's, byte for byte. Resolves when both are closed. Throws
 * agent_unreachable as long as the client was answered nothing.
 */
export async function openTunnel(upgrade: Upgrade, agent: Agent): Promise<void> {
  const opened = await handshake(upgrade, agent);
  if ('refusal' in opened) return tellRefusal(upgrade, opened);
  const { answer, socket: agentSocket, early } = opened;
  upgrade.answered(101);
  upgrade.socket.write(head(101, { ...headersForClient(answer.headers), connection: 'Upgrade', upgrade: 'websocket' }));
  await join(upgrade, { agentSocket, early });
}

interface Refused {
  refusal: IncomingMessage;
  body: Buffer;
}
type Opened = { answer: IncomingMessage; socket: Socket; early: Buffer } | Refused;

function tellRefusal({ socket, answered }: Upgrade, { refusal, body }: Refused): void {
  const { statusCode: status = 502 } = refusal;
  answered(status);
  const headers = { ...headersForClient(refusal.headers), 'content-length': String(body.length), connection: 'close' };
  endSocket(socket, Buffer.concat([Buffer.from(head(status, headers)), body]));
}

function handshake({ incoming, access, path, socket, isProgram }: Upgrade, agent: Agent): Promise<Opened> {
  const { protocol, hostname, port } = new URL(agent.endpoint);
  const send = protocol === 'https:' ? requestHttps : requestHttp;
  const headers = isProgram
    ? headersForProgram(incoming.rawHeaders, access, 'Upgrade')
    : [...headersForAgent(incoming.rawHeaders, access), 'connection', 'Upgrade'];
  headers.push('upgrade', 'websocket', 'host', new URL(agent.endpoint).host);
  const asked: ClientRequest = send({
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    path,
    headers,
    agent: false,
    timeout: patience.handshake,
    maxHeaderSize: MOST_HEADER_BYTES,
  });
  return new Promise<Opened>((resolve, reject) => {
    const left = () => asked.destroy(new Error('the client left'));
    const stopWatching = () => socket.off('end', left).off('close', left);
    // Whoever ends its side before the handshake is over will not use the WebSocket either.
    socket.once('end', left).once('close', left);
    asked.once('timeout', () => asked.destroy(new Error('no answer to the handshake')));
    asked.once('error', (error) => reject(unreachable(error)));
    asked.once('upgrade', (answer, agentSocket, early) => {
      stopWatching();
      resolve({ answer, socket: agentSocket, early });
    });
    asked.once('response', (refusal) => {
      readRefusal(refusal, isProgram)
        .then((body) => resolve({ refusal, body }), reject)
        .finally(() => asked.destroy());
    });
    asked.end();
  });
}

/** A program may ask for credentials of its own; an agent that does refuses this server. */
async function readRefusal(refusal: IncomingMessage, isProgram: boolean): Promise<Buffer> {
  if (!isProgram) refuseNodeTokenAnswer(refusal.statusCode ?? 502);
  let bytes = 0;
  refusal.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_HEADER_BYTES) refusal.destroy(new Error('a refusal without an end'));
  });
  return buffer(refusal).catch((error: unknown) => Promise.reject(unreachable(error)));
}

/** Both directions, each no faster than it is read, until one side is gone. */
function join(
  { access, socket, early: fromClient }: Upgrade,
  { agentSocket, early }: { agentSocket: Socket; early: Buffer },
): Promise<void> {
  const boundary = new FrameBoundary();
  const toClient = (chunk: Buffer) => {
    boundary.push(chunk);
    if (!socket.write(chunk)) agentSocket.pause();
  };
  const sayGoodbye = (status: number, reason: string) => {
    const maySpeak = boundary.isBetweenFrames && !boundary.closed && socket.writable;
    socket.unpipe(agentSocket);
    endSocket(socket, maySpeak ? closeFrame(status, reason) : '');
  };
  const end = ({ code }: DomainError) => {
    agentSocket.destroy();
    sayGoodbye(STATUS_OF[code] ?? INTERNAL, code);
  };
  const forget = watchCall({ access, end });
  for (const side of [socket as Socket, agentSocket]) {
    side.setTimeout?.(0);
    side.setKeepAlive?.(true, patience.keepAlive);
    side.setNoDelay?.(true);
  }
  if (early.length > 0) toClient(early);
  if (fromClient.length > 0) agentSocket.write(fromClient);
  agentSocket.on('data', toClient);
  socket.on('drain', () => agentSocket.resume());
  socket.pipe(agentSocket);
  return new Promise((done) => {
    agentSocket.on('error', () => agentSocket.destroy());
    agentSocket.once('close', () => sayGoodbye(BAD_GATEWAY, 'agent_unreachable'));
    socket.once('close', () => {
      forget();
      agentSocket.destroy();
      done();
    });
  });
}

/**
 * Ends a connection with last words. What the client still says is read and dropped, or its goodbye would never be seen; one that
 * says none is not waited for.
 */
export function endSocket(socket: Duplex, lastWords: string | Buffer): void {
  socket.end(lastWords).resume();
  const timer = setTimeout(() => socket.destroy(), patience.goodbye).unref();
  socket.once('close', () => clearTimeout(timer));
}

// RFC 6455, section 7.4.1, and its registry.
const INTERNAL = 1011;
const BAD_GATEWAY = 1014;
const STATUS_OF: Partial<Record<DomainError['code'], number>> = { capacity_unavailable: 1001, forbidden: 1008 };

/** The head of an answer as it goes over the wire. */
export function head(status: number, headers: Record<string, string | string[]>): string {
  const lines = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`));
  return [`HTTP/1.1 ${status} ${STATUS_TEXT[status] ?? 'Refused'}`, ...lines, '', ''].join('\r\n');
}

const STATUS_TEXT: Record<number, string> = {
  101: 'Switching Protocols',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
};
