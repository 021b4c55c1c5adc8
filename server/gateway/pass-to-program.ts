import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { errors } from 'undici';
import type { DomainError } from '@/lib/errors';
import { headersForProgram } from '@/lib/gateway/agent-headers';
import type { Agent } from '@/lib/gateway/list-agents';
import { forgetPlace } from '@/lib/gateway/locate-sandbox';
import { watchCall } from '@/lib/gateway/open-calls';
import { neverArrived, unreachable } from './agent-client';
import { answerHeaders, type Exchange, isEventStream, refuse } from './exchange';
import { bodyOf } from './pass-through';
import { patience } from './patience';

const pool = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, timeout: patience.idleConnection };
const plain = new HttpAgent(pool);
const secure = new HttpsAgent(pool);

/**
 * Passes a call through an agent to a program in a sandbox. Agents pass on to it what they are told, and so the secret between them
 * and us: it is named in Connection (RFC 9110, section 7.6.1), which ends it at the agent. undici writes that header itself, so this
 * goes by node:http. Resolves when the call is over, however.
 */
export function passToProgram(exchange: Exchange, agent: Agent): Promise<void> {
  const { incoming, outgoing, access, target } = exchange;
  const send = agent.endpoint.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((done) => {
    let ended: DomainError | undefined;
    const headers = headersForProgram(incoming.rawHeaders, access, 'keep-alive');
    headers.push('host', new URL(agent.endpoint).host);
    const body = bodyOf(exchange);
    // Node sends the body of a GET or DELETE without a frame: its bytes would be the next request on the way to the agent.
    const hasLength = headers.some((name, index) => index % 2 === 0 && name === 'content-length');
    if (body && !hasLength) headers.push('transfer-encoding', 'chunked');
    const asked = send(new URL(agent.endpoint), {
      method: incoming.method ?? 'GET',
      path: target.path,
      headers,
      agent: agent.endpoint.startsWith('https:') ? secure : plain,
      timeout: patience.command,
    });
    const forget = watchCall({
      access,
      end: (why) => {
        ended = why;
        asked.destroy(why);
        if (outgoing.headersSent) outgoing.destroy();
      },
    });
    const over = () => {
      forget();
      asked.destroy();
      done();
    };
    let isWhole = () => false;
    // What follows a whole answer is none of the sender's business.
    const fail = (error: Error) => {
      if (isWhole()) return;
      const refusal = ended ?? unreachable(error);
      if (neverArrived(refusal)) forgetPlace(target.name);
      refuse(exchange, refusal);
    };
    asked.on('error', fail);
    // Whoever left while the sandbox was looked for is not told of again.
    if (outgoing.destroyed) return over();
    outgoing.once('close', over);
    asked.once('response', (answer) => {
      isWhole = () => answer.complete;
      relay(exchange, asked, answer);
    });
    // Nobody asked for another protocol. Without a listener Node drops the connection and says nothing.
    asked.once('upgrade', () => fail(new Error('the answer is one to an upgrade')));
    asked.once('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.once('socket', (socket) => endSlowConnect(asked, socket));
    if (body) body.pipe(asked);
    else asked.end();
  });
}

/** A machine that is gone without a word answers no connection; the system would wait for minutes. */
function endSlowConnect(asked: ClientRequest, socket: Socket): void {
  if (!socket.connecting) return;
  const timer = setTimeout(() => asked.destroy(new errors.ConnectTimeoutError('no connection in time')), patience.connect);
  socket.once('connect', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
}

function relay(exchange: Exchange, asked: ClientRequest, answer: IncomingMessage): void {
  const { outgoing, incoming } = exchange;
  const { statusCode = 0 } = answer;
  // What is thrown in here would end the process.
  if (statusCode < 200) {
    refuse(exchange, unreachable(new Error(`${statusCode} is no status of an answer`)));
    asked.destroy();
    return;
  }
  const headers = answerHeaders(exchange, answer.headers);
  if (!incoming.complete) headers.connection = 'close';
  outgoing.writeHead(statusCode, headers);
  if (isEventStream(headers)) outgoing.flushHeaders();
  answer.pipe(outgoing);
  answer.once('error', () => outgoing.destroy());
  answer.once('aborted', () => outgoing.destroy());
}
