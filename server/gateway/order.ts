import type { IncomingMessage } from 'node:http';
import { DomainError } from '@/lib/errors';
import { headersForAgent } from '@/lib/gateway/agent-headers';
import { type Claim, claimQuota, releaseQuota, settleSandboxes } from '@/lib/gateway/claim-quota';
import type { Agent } from '@/lib/gateway/list-agents';
import { locateSandbox, rememberPlace } from '@/lib/gateway/locate-sandbox';
import { locateSnapshot } from '@/lib/gateway/locate-snapshot';
import { placeSandbox, placeVolume } from '@/lib/gateway/place';
import { type Order, readOrder } from '@/lib/gateway/read-order';
import { refuseForeignTree } from '@/lib/gateway/refuse-foreign-tree';
import { type AgentAnswer, askWatched, neverArrived } from './agent-client';
import type { Exchange } from './exchange';
import { agentsThatHave } from './find-holder';
import { endSilentSender } from './pass-through';

const MOST_BYTES = 2 ** 20;
const DEFAULT_VOLUME_MB = 256;
const MOST_FORKS = 1_000;

/** What came of an order, and what the audit trail is told of it. */
export interface Outcome {
  answer: AgentAnswer;
  made: string[];
  metadata: Record<string, unknown>;
}

/**
 * Orders sandboxes, of a template, a snapshot or another sandbox: within the quota, from what is the org's own, on a machine with
 * room; whose they are is written down before anybody hears of them.
 */
export async function orderSandboxes(exchange: Exchange, order: Order): Promise<Outcome> {
  const { access, target } = exchange;
  const { template, from_snapshot: snapshot, count } = order.fields;
  const isFork = target.about === 'sandbox';
  const agents = isFork ? [await locateSandbox(access, target.name)] : await agentsForSandbox(exchange, order);
  const sandboxes = target.action === 'fork-tree' ? forksIn(count) : 1;
  const claim = await claimQuota(access, { sandboxes, template: typeof template === 'string' ? template : undefined });
  try {
    const { agent, answer } = await askFirst(exchange, agents, order.body);
    const made = answer.status < 300 ? idsIn(answer.body) : [];
    await settle(exchange, { agent, made, claim });
    const from = isFork ? { sandbox: target.name } : { template, snapshot };
    return { answer, made, metadata: { ...from, agent: agent.id } };
  } catch (error) {
    await releaseQuota(claim);
    throw error;
  }
}

/** Orders a volume on the machine with the most room for it: it stays there for its life. */
export async function orderVolume(exchange: Exchange, order: Order): Promise<Outcome> {
  const megabytes = typeof order.fields.size_mb === 'number' ? order.fields.size_mb : DEFAULT_VOLUME_MB;
  const name = String(order.fields.name ?? '');
  const taken = await agentsThatHave(exchange, `/volumes/${encodeURIComponent(name)}`);
  const agents = taken.length > 0 ? taken : await placeVolume(megabytes * 2 ** 20);
  const { agent, answer } = await askFirst(exchange, agents, order.body);
  return { answer, made: [name], metadata: { size_mb: megabytes, agent: agent.id } };
}

/** Keeps one of a fork and ends the others: those of the org's own tree alone. */
export async function orderPromotion(exchange: Exchange, order: Order): Promise<Outcome> {
  const { access, target } = exchange;
  const agent = await locateSandbox(access, target.name);
  await refuseForeignTree(access, order.fields.tree_id);
  const answer = await askOrder(exchange, agent, order.body);
  return { answer, made: [target.name], metadata: { agent: agent.id } };
}

async function settle(
  { access }: Exchange,
  { agent, made, claim }: { agent: Agent; made: string[]; claim: Claim },
): Promise<void> {
  if (made.length === 0) return releaseQuota(claim);
  await settleSandboxes(access.org.tenantKey, agent, { ids: made, claim });
  for (const id of made) rememberPlace(id, access.org.tenantKey, agent);
}

/** A snapshot is restored where it lies, a volume used where it lies. */
async function agentsForSandbox(exchange: Exchange, { fields }: Order): Promise<Agent[]> {
  const { from_snapshot: snapshot, volumes } = fields;
  if (snapshot !== undefined && snapshot !== null && snapshot !== '') return agentsOfSnapshot(exchange, snapshot);
  const first = Array.isArray(volumes) ? (volumes[0] as { name?: unknown } | undefined)?.name : undefined;
  if (typeof first !== 'string') return placeSandbox();
  const holders = await agentsThatHave(exchange, `/volumes/${encodeURIComponent(first)}`);
  if (holders.length > 0) return holders;
  throw new DomainError('not_found', 'There is no such volume', { hint: 'Make it first, or check its name.' });
}

/** Where no machine is known to have it, any may: they share their snapshots in a store of their own. */
async function agentsOfSnapshot({ access }: Exchange, snapshot: unknown): Promise<Agent[]> {
  if (typeof snapshot !== 'string') throw new DomainError('validation_failed', 'from_snapshot is not the id of a snapshot');
  const agent = await locateSnapshot(access, snapshot);
  return agent ? [agent] : placeSandbox();
}

/** Asks one agent after the other as long as nothing can have reached the one before. */
async function askFirst(exchange: Exchange, agents: Agent[], body: string): Promise<{ agent: Agent; answer: AgentAnswer }> {
  const last = agents.at(-1);
  for (const agent of agents) {
    try {
      return { agent, answer: await askOrder(exchange, agent, body) };
    } catch (error) {
      if (agent === last || !(error instanceof DomainError) || !neverArrived(error)) throw error;
    }
  }
  throw new DomainError('capacity_unavailable', 'No machine is there to run sandboxes');
}

/** A client that leaves does not take its order back: the sandbox may be there already, and is then written down. */
async function askOrder(exchange: Exchange, agent: Agent, body: string): Promise<AgentAnswer> {
  const { incoming, target, access } = exchange;
  const call = { method: incoming.method ?? 'POST', path: target.path, headers: orderHeaders(exchange), body };
  exchange.isUnclear = true;
  try {
    const answer = await askWatched(agent, access, call);
    exchange.isUnclear = answer.status < 300;
    return answer;
  } catch (error) {
    exchange.isUnclear = !(error instanceof DomainError && neverArrived(error));
    throw error;
  }
}

/** The order is written anew, so its own length and coding no longer hold. */
function orderHeaders({ incoming, access }: Exchange): string[] {
  const headers = headersForAgent(incoming.rawHeaders, access);
  const kept: string[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const [name = '', value = ''] = [headers[i], headers[i + 1]];
    if (name !== 'content-length' && name !== 'content-type' && name !== 'accept-encoding') kept.push(name, value);
  }
  return [...kept, 'content-type', 'application/json'];
}

/** What is ordered. Throws invalid_json, validation_failed, unsupported_media_type, payload_too_large. */
export async function takeOrder({ incoming }: Exchange): Promise<Order> {
  const coding = incoming.headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity') {
    throw new DomainError('unsupported_media_type', 'An order is read here, so it must not be compressed');
  }
  return readOrder((await readBody(incoming)).toString('utf8'));
}

/** Leaves what is too much unread: the refusal closes the connection. */
function readBody(incoming: IncomingMessage): Promise<Buffer> {
  endSilentSender(incoming);
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_BYTES) chunks.push(chunk);
      else reject(new DomainError('payload_too_large', `An order has at most ${MOST_BYTES} bytes`));
    });
    incoming.once('end', () => resolve(Buffer.concat(chunks)));
    incoming.once('error', reject);
    incoming.once('aborted', () => reject(new DomainError('validation_failed', 'The sender left before the body was there')));
  });
}

function forksIn(count: unknown): number {
  if (typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MOST_FORKS) return count;
  throw new DomainError('validation_failed', `count is not a whole number from 1 to ${MOST_FORKS}`);
}

/** A create answers with one sandbox; a fork with one, or with `children`, as ids or as sandboxes. */
function idsIn(body: Buffer): string[] {
  let told: { id?: unknown; children?: unknown };
  try {
    told = JSON.parse(body.toString('utf8')) ?? {};
  } catch {
    return [];
  }
  const listed = Array.isArray(told.children) ? told.children : [told];
  const ids = listed.map((one) => (typeof one === 'string' ? one : (one as { id?: unknown } | null)?.id));
  return ids.filter((id): id is string => typeof id === 'string' && id !== '');
}
