import { DomainError } from '@/lib/errors';
import { headersForAgent } from '@/lib/gateway/agent-headers';
import { type Agent, listLiveAgents } from '@/lib/gateway/list-agents';
import { type AgentAnswer, askAgent } from './agent-client';
import type { Exchange } from './exchange';
import { patience } from './patience';

export interface Asked {
  agent: Agent;
  /** Undefined for an agent that gave none. */
  answer: AgentAnswer | undefined;
}

/** The same question to every live agent at once, in the name of the sender. Throws agent_unreachable when none of them answers. */
export async function askAll({ incoming, access }: Exchange, path: string): Promise<Asked[]> {
  const agents = await listLiveAgents();
  if (agents.length === 0) throw new DomainError('capacity_unavailable', 'No machine is there to run sandboxes');
  const headers = readHeaders(headersForAgent(incoming.rawHeaders, access));
  const failures: unknown[] = [];
  const asked = await Promise.all(
    agents.map(async (agent): Promise<Asked> => {
      const signal = AbortSignal.timeout(patience.poll);
      const answer = await askAgent(agent, { method: 'GET', path, headers, signal }).catch((error: unknown) => {
        failures.push(error);
        return undefined;
      });
      return { agent, answer };
    }),
  );
  if (failures.length === agents.length) throw failures[0];
  return asked;
}

/** The agents that have what a path names; empty when none of those that answer has it. */
export async function agentsThatHave(exchange: Exchange, path: string): Promise<Agent[]> {
  const asked = await askAll(exchange, path);
  return asked.filter(({ answer }) => answer !== undefined && answer.status < 300).map(({ agent }) => agent);
}

/** A question of our own: what the sender said of a body, of conditions and of codings is not part of it. */
function readHeaders(headers: string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const [name = '', value = ''] = [headers[i], headers[i + 1]];
    if (!/^(?:content-|if-|range$|accept-encoding$)/.test(name)) kept.push(name, value);
  }
  return kept;
}
