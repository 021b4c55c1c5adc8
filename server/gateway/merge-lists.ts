import { DomainError } from '@/lib/errors';
import { ownedSnapshots } from '@/lib/gateway/locate-snapshot';
import type { AgentAnswer } from './agent-client';
import type { Exchange } from './exchange';
import { type Asked, askAll } from './find-holder';

type Item = Record<string, unknown>;
/** Where a list stands when it is not the whole answer. */
const LISTS = ['items', 'sandboxes', 'snapshots', 'templates', 'volumes', 'builds'];
/** Told when a machine did not answer: what is on it is missing from the list. */
const INCOMPLETE = 'x-pandastack-agents-unreachable';

/**
 * What all agents have, as one list. Every item that says it is another tenant's is left out, whatever its agent thinks of it.
 * Throws agent_unreachable when no agent answers with a list.
 */
export async function mergeLists(exchange: Exchange): Promise<AgentAnswer> {
  const asked = await askAll(exchange, exchange.target.path);
  const refused = asked.find(({ answer }) => answer && answer.status >= 300)?.answer;
  const lists = asked.map(({ answer }) => (answer && answer.status < 300 ? listIn(answer) : undefined));
  const told = lists.filter((list) => list !== undefined);
  if (told.length === 0) return refused ?? refuseNonsense(asked);
  const items = await ownOf(exchange, distinct(told.flat()));
  const missing = asked.filter(
    ({ answer }, index) => !lists[index] && !(answer && answer.status >= 300 && answer.status < 500),
  ).length;
  if (missing > 0) exchange.outgoing.setHeader(INCOMPLETE, String(missing));
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(items)) };
}

/** The one answer among all agents' to a path that one of them has; the first refusal when none has it. */
export async function findOne(exchange: Exchange, path: string): Promise<Asked & { answer: AgentAnswer }> {
  const asked = await askAll(exchange, path);
  const answered = asked.filter((one): one is Asked & { answer: AgentAnswer } => one.answer !== undefined);
  const found = answered.find(({ answer }) => answer.status < 300 && isOwn(exchange, answer));
  if (found) return found;
  if (answered.length < asked.length) throw new DomainError('agent_unreachable', 'A machine that may have this did not answer');
  throw new DomainError('not_found', 'There is nothing of this name');
}

function isOwn(exchange: Exchange, { body }: AgentAnswer): boolean {
  const owner = ownerOf(parse(body));
  return owner === undefined || owner === exchange.access.org.tenantKey;
}

async function ownOf({ access, target }: Exchange, items: Item[]): Promise<Item[]> {
  const own = items.filter((item) => (ownerOf(item) ?? access.org.tenantKey) === access.org.tenantKey);
  if (target.about !== 'snapshots') return own;
  const known = await ownedSnapshots(
    access,
    own.map(({ id }) => String(id)),
  );
  return own.filter(({ id }) => known.has(String(id)));
}

/** Agents write it in one of four places; undefined for what is everybody's, or what the agent has chosen for its sender. */
function ownerOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { workspace, owner_workspace, metadata, meta } = item as Item;
  const inside = (metadata ?? meta) as Item | undefined;
  const owner = [workspace, owner_workspace, inside?.workspace, inside?.owner_workspace].find(
    (value) => typeof value === 'string' && value !== '',
  );
  return owner as string | undefined;
}

/** Undefined for what is no list. */
function listIn(answer: AgentAnswer): Item[] | undefined {
  const told = parse(answer.body);
  if (told === null) return []; // Go writes an empty list so.
  const list = Array.isArray(told) ? told : LISTS.map((name) => (told as Item | undefined)?.[name]).find(Array.isArray);
  return list?.filter((item): item is Item => typeof item === 'object' && item !== null);
}

function refuseNonsense(asked: Asked[]): never {
  const body = asked.find(({ answer }) => answer)?.answer?.body.toString('utf8') ?? '';
  throw new DomainError('agent_unreachable', 'A machine answered with what is no list', {
    cause: new Error(body.slice(0, 200)),
  });
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Agents share a database, so each may tell of the same sandbox; templates are the same on many. */
function distinct(items: Item[]): Item[] {
  const seen = new Set<string>();
  return items.filter(({ id, name }) => {
    const key = String(id ?? name ?? '');
    if (key === '' || !seen.has(key)) {
      seen.add(key);
      return true;
    }
    return false;
  });
}
