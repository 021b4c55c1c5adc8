import { randomUUID } from 'node:crypto';
import { Client } from '@pandastack/sdk';
import type { AgentOptions } from '../options';
import { type RunningAgent, startAgent } from '../start-agent';
import { startPrefixProxy } from './prefix-proxy';

export interface AgentWorld extends RunningAgent {
  /** The SDK, unmodified, as somebody of this workspace. */
  client(workspace: string): Promise<Client>;
  /** A call without the SDK. */
  call(workspace: string, path: string, init?: RequestInit): Promise<Response>;
}

/** An agent on the database, and callers of it. */
export async function startAgentWorld(databaseUrl: string, options: Partial<AgentOptions> = {}): Promise<AgentWorld> {
  const agent = await startAgent({ databaseUrl, ...options });
  const proxies: { close: () => void }[] = [];
  return {
    ...agent,
    client: async (workspace) => {
      const proxy = await startPrefixProxy(agent.endpoint, { 'x-fcs-workspace': workspace });
      proxies.push(proxy);
      return new Client({ apiUrl: proxy.url, apiKey: 'not-a-key' });
    },
    call: (workspace, path, init = {}) =>
      fetch(agent.endpoint + path, { ...init, headers: { ...init.headers, 'x-fcs-workspace': workspace } }),
    stop: async () => {
      for (const proxy of proxies) proxy.close();
      await agent.stop();
    },
  };
}

export const newWorkspace = () => `ws-${randomUUID()}`;
