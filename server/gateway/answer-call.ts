import { DomainError } from '@/lib/errors';
import { headersForAgent } from '@/lib/gateway/agent-headers';
import { isProgram } from '@/lib/gateway/gateway-path';
import { type Agent, listLiveAgents } from '@/lib/gateway/list-agents';
import { forgetPlace, locateSandbox } from '@/lib/gateway/locate-sandbox';
import { locateSnapshot, settleSnapshot } from '@/lib/gateway/locate-snapshot';
import { placeSandbox } from '@/lib/gateway/place';
import type { Order } from '@/lib/gateway/read-order';
import { auditActionOf, recordCall } from '@/lib/gateway/record-call';
import type { KeptAnswer } from '@/lib/idempotency/claim-key';
import { fingerprintOf, keysOf, readKey, runOnce } from '@/lib/idempotency/run-once';
import { logger } from '@/lib/log';
import { observeLeases } from '@/lib/usage/observe-leases';
import { type AgentAnswer, askWatched } from './agent-client';
import { answerHeaders, type Exchange } from './exchange';
import { agentsThatHave } from './find-holder';
import { findOne, mergeLists } from './merge-lists';
import { type Outcome, orderPromotion, orderSandboxes, orderVolume, takeOrder } from './order';
import { bodyOf, passThrough } from './pass-through';
import { passToProgram } from './pass-to-program';
import { patience } from './patience';

/** Answers a call whose sender is known: by the agents that its target names. Throws DomainError as long as nothing was answered. */
export async function answerCall(exchange: Exchange): Promise<void> {
  const { incoming, target } = exchange;
  const method = incoming.method ?? 'GET';
  const reads = method === 'GET' || method === 'HEAD';
  if (isOrder(method, exchange)) return answerOrder(exchange, orderSandboxes);
  if (target.action === 'promote' && method === 'POST') return answerOrder(exchange, orderPromotion);
  if (target.about === 'volumes' && method === 'POST') return answerOrder(exchange, orderVolume);
  if (target.name === '' && target.about !== 'any' && reads) return send(exchange, await mergeLists(exchange));
  if (target.about === 'build') return answerBuild(exchange);
  const agent = await agentFor(exchange);
  if (auditActionOf(method, target)) return send(exchange, await finish(exchange, await askAndSettle(exchange, agent)));
  return isProgram(target) ? passToProgram(exchange, agent) : passThrough(exchange, agent);
}

function isOrder(method: string, { target: { about, action } }: Exchange): boolean {
  return method === 'POST' && (about === 'sandboxes' || (about === 'sandbox' && (action === 'fork' || action === 'fork-tree')));
}

async function agentFor(exchange: Exchange): Promise<Agent> {
  const { target, access, incoming } = exchange;
  if (target.about === 'sandbox') return locateSandbox(access, target.name);
  if (target.about === 'snapshot') return (await locateSnapshot(access, target.name)) ?? first(await listLiveAgents());
  if (target.about === 'any' && incoming.method === 'POST') return first(await placeSandbox());
  const agents = await listLiveAgents();
  if (target.about === 'any' || target.name === '' || agents.length === 1) return first(agents);
  const holders = await agentsThatHave(exchange, `/${target.about}s/${target.name}`);
  return first(holders.length > 0 ? holders : agents);
}

function first(agents: Agent[]): Agent {
  const [agent] = agents;
  if (agent) return agent;
  throw new DomainError('capacity_unavailable', 'No machine is there to run sandboxes', {
    hint: 'Operators: /admin/agents shows the machines and their last sign of life.',
  });
}

/** Agents show anybody's builds to anybody: one is looked at before it is passed on. */
async function answerBuild(exchange: Exchange): Promise<void> {
  const { target } = exchange;
  const { agent, answer } = await findOne(exchange, `/templates/builds/${target.name}`);
  return target.route.endsWith('/logs') ? passThrough(exchange, agent) : send(exchange, answer);
}

/** A call that changes what there is: its outcome is known, and written down, before it is told. */
async function askAndSettle(exchange: Exchange, agent: Agent): Promise<Outcome> {
  const { incoming, target, access } = exchange;
  const method = incoming.method ?? 'POST';
  if (method === 'DELETE' && target.about === 'sandbox') await noteUse(target.name);
  const headers = headersForAgent(incoming.rawHeaders, access);
  const answer = await askWatched(agent, access, { method, path: target.path, headers, body: bodyOf(exchange) });
  if (answer.status < 300 && target.about === 'sandbox') {
    if (method === 'DELETE') forgetPlace(target.name);
    const id = target.action === 'snapshots' ? textIn(answer.body, 'id') : undefined;
    if (id) await settleSnapshot(access, { id, sandboxId: target.name, agent });
  }
  // A template's name is in the order, which is passed on unread; its agent repeats it.
  const name = target.name || (textIn(answer.body, 'name') ?? textIn(answer.body, 'id') ?? '');
  return { answer, made: [name], metadata: { agent: agent.id } };
}

/** Its last minute would go with its lease. Nobody is kept from ending a sandbox because that could not be written. */
async function noteUse(sandboxId: string): Promise<void> {
  await observeLeases(sandboxId).catch((error: unknown) =>
    logger().warn({ err: error, sandboxId }, 'the last use of a sandbox is lost'),
  );
}

/** An order with an Idempotency-Key is carried out once: whoever heard no answer may send it again. */
async function answerOrder(exchange: Exchange, carryOut: (exchange: Exchange, order: Order) => Promise<Outcome>): Promise<void> {
  const { incoming, head, target, access } = exchange;
  const order = await takeOrder(exchange);
  const run = async () => finish(exchange, await carryOut(exchange, order));
  const key = readKey(head.headers.get('idempotency-key'));
  if (key === undefined) return send(exchange, await run());
  const fingerprint = fingerprintOf(incoming.method, target.path, access.orgId, order.body);
  const outcome = await runOnce(
    { key, actorKey: keysOf(access.actor), fingerprint },
    {
      run,
      keep: kept,
      isUnclear: () => exchange.isUnclear === true,
      longestSeconds: (patience.change + patience.wholeSilence) / 1_000,
    },
  );
  if ('answer' in outcome) return send(exchange, outcome.answer);
  const { type, text } = outcome.first.body as { type: string; text: string };
  const headers = { 'content-type': type, 'idempotent-replayed': 'true' };
  send(exchange, { status: outcome.first.status, headers, body: Buffer.from(text) });
}

/** An agent that refuses has made nothing. */
function kept({ status, headers, body }: AgentAnswer): KeptAnswer | undefined {
  if (status >= 300) return undefined;
  return { status, body: { type: String(headers['content-type'] ?? 'application/json'), text: body.toString('utf8') } };
}

/** Writes down what was done, before it is told. */
async function finish(exchange: Exchange, { answer, made, metadata }: Outcome): Promise<AgentAnswer> {
  const action = auditActionOf(exchange.incoming.method ?? 'POST', exchange.target);
  if (action && answer.status < 300) {
    for (const targetId of made) await recordCall(exchange.access, { action, targetId, metadata });
  }
  return answer;
}

function send(exchange: Exchange, { status, headers, body }: AgentAnswer): void {
  const { incoming, outgoing } = exchange;
  if (outgoing.destroyed) return;
  const answer = answerHeaders(exchange, headers);
  delete answer['content-length'];
  if (status !== 204 && status !== 304) answer['content-length'] = String(body.length);
  if (!incoming.complete) answer.connection = 'close';
  outgoing.writeHead(status, answer).end(incoming.method === 'HEAD' || status === 204 ? undefined : body);
}

function textIn(body: Buffer, field: string): string | undefined {
  try {
    const text = (JSON.parse(body.toString('utf8')) as Record<string, unknown> | null)?.[field];
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}
