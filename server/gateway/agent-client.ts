import { type Dispatcher, Agent as Pool } from 'undici';
import type { OrgAccess } from '@/lib/access/org-access';
import { DomainError } from '@/lib/errors';
import type { Agent } from '@/lib/gateway/list-agents';
import { watchCall } from '@/lib/gateway/open-calls';
import { patience } from './patience';

const MOST_HEADER_BYTES = 32 * 1024;
/** What an agent says of sandboxes, templates and the like; files and streams are not read whole. */
const MOST_READ_BYTES = 8 * 2 ** 20;

const holder = globalThis as typeof globalThis & { __pandastackAgentPool?: Pool };

/** The connections to all agents, kept alive between calls. */
export function agentPool(): Pool {
  holder.__pandastackAgentPool ??= new Pool({
    connect: { timeout: patience.connect },
    keepAliveTimeout: patience.idleConnection,
    maxHeaderSize: MOST_HEADER_BYTES,
    bodyTimeout: 0,
    headersTimeout: patience.change,
  });
  return holder.__pandastackAgentPool;
}

/** Closes the connections to the agents, those in use as well. */
export async function closeAgentPool(): Promise<void> {
  await holder.__pandastackAgentPool?.destroy();
  delete holder.__pandastackAgentPool;
}

export interface AgentCall {
  method: string;
  /** As the agent knows it, with its query. */
  path: string;
  /** Names and values in turn. */
  headers: string[];
  body?: Dispatcher.DispatchOptions['body'];
  signal?: AbortSignal | undefined;
}

export interface AgentAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** An agent's answer as a whole. Throws agent_unreachable, and what refuseNodeTokenAnswer throws. */
export async function askAgent(agent: Agent, call: AgentCall): Promise<AgentAnswer> {
  try {
    const { statusCode, headers, body } = await agentPool().request({
      origin: agent.endpoint,
      ...call,
      method: call.method as Dispatcher.HttpMethod,
      bodyTimeout: patience.wholeSilence,
    });
    const read = await readWhole(body);
    refuseNodeTokenAnswer(statusCode);
    return { status: statusCode, headers, body: read };
  } catch (error) {
    throw error instanceof DomainError ? error : unreachable(error);
  }
}

/** The same for a call that ends with its sender's access, or with this server. */
export function askWatched(agent: Agent, access: OrgAccess<'sandboxes:use'>, call: AgentCall): Promise<AgentAnswer> {
  const ended = new AbortController();
  const forget = watchCall({ access, end: (why) => ended.abort(why) });
  return askAgent(agent, { ...call, signal: ended.signal }).finally(forget);
}

async function readWhole(body: Dispatcher.ResponseData['body']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MOST_READ_BYTES) throw new Error(`the answer is longer than ${MOST_READ_BYTES} bytes`); // Leaving the loop destroys the body.
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The refusal for an agent that gave no answer, or none that is HTTP. */
export function unreachable(cause: unknown): DomainError {
  return new DomainError('agent_unreachable', 'The machine of this sandbox gave no usable answer', {
    hint: 'Try again in a moment. Operators: /admin/agents shows the machines, and the log why this one did not answer.',
    cause,
  });
}

/** Agents refuse the server, never a person: theirs is not the caller's credential, and an outage is no 401. Throws agent_unreachable. */
export function refuseNodeTokenAnswer(status: number): void {
  if (status !== 401) return;
  throw new DomainError('agent_unreachable', 'The machine of this sandbox does not take calls from this server', {
    hint: 'Operators: PANDASTACK_NODE_TOKEN must be the same here and on each agent.',
    cause: new Error('the agent answered 401'),
  });
}

const NOT_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

/** Whether nothing of a call can have reached its agent: another one may be asked. */
export function neverArrived({ cause }: DomainError): boolean {
  const code = (cause as { code?: string } | undefined)?.code ?? '';
  return NOT_CONNECTED.includes(code);
}
