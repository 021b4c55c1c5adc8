import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Agent } from '../agent';
import { WARNING } from '../options';
import { inBackground, recordCall } from '../registry/event-rows';
import { routes } from '../routes/table';
import { checkNodeToken, checkOwner, noteActivity } from './admit';
import { answer, type Call, Refusal } from './call';
import { findRoute } from './router';

const MAX_REQUEST_ID = 64;

/** Answers one request: who asks, whose sandbox it is, then the route. */
export async function serve(agent: Agent, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call = beginCall(agent, request, response);
  const requestId = response.getHeader('x-request-id');
  response.on('close', () => {
    const { method = '' } = request;
    if (method === 'GET' || method === 'OPTIONS') return;
    const { workspace, path } = call;
    const status = response.statusCode;
    inBackground(agent, recordCall(agent, { workspace, requestId: String(requestId), method, path, status }));
  });
  try {
    await carryOut(call);
  } catch (error) {
    answerError(call, error);
  }
}

/** What a request says of itself, before anybody has looked whether it may. */
export function beginCall(agent: Agent, request: IncomingMessage, response: ServerResponse): Call {
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  const given = String(request.headers['x-request-id'] ?? '').trim();
  response.setHeader('x-request-id', given && given.length <= MAX_REQUEST_ID ? given : randomBytes(8).toString('hex'));
  response.setHeader('x-pandastack-agent', WARNING);
  const workspace = String(request.headers['x-fcs-workspace'] ?? '');
  return { agent, request, response, path, query: new URLSearchParams(query), params: {}, workspace };
}

async function carryOut(call: Call): Promise<void> {
  checkNodeToken(call);
  const match = findRoute(routes, call.request.method ?? '', call.path);
  if (match === 'method') throw new Refusal(405, 'Method Not Allowed');
  if (!match) throw new Refusal(404, '404 page not found');
  call.params = match.params;
  await checkOwner(call);
  await noteActivity(call);
  await match.handler(call);
}

/** Whatever else goes wrong is told as it is, as the real agent tells it: its caller is the control plane. */
function answerError(call: Call, error: unknown): void {
  const { response, request } = call;
  if (response.headersSent) return void response.destroy();
  const message = error instanceof Error ? error.message : String(error);
  const { status, more } = error instanceof Refusal ? error : { status: 500, more: {} };
  if (!request.complete) response.setHeader('connection', 'close');
  answer(call, status, { error: message, ...more });
}
