import type { ReactNode } from 'react';
import type { AgentView } from '@/lib/gateway/examine-agents';

export const title = 'Agents';
export const description = 'The machines that run sandboxes, as they registered in this server’s database.';
export const lookAgain = 'Look again';

export const unguarded = 'Agents on other machines are called without PANDASTACK_NODE_TOKEN';
export const unguardedHint =
  'Whoever reaches them on the network can call them as any organization. Set the same secret here and on each agent, and start both anew.';
export const copyLine = 'Copy the line';
export const onlyAgent = 'PANDASTACK_AGENT_URL is set';
export const onlyAgentHint = (address: ReactNode) => <>All sandboxes go to {address}, whatever is registered below.</>;
export const noAgent = 'No agent has registered';
export const noAgentHint =
  'An agent runs on each host with KVM and writes itself into this server’s database every ten seconds. To look around without one:';
export const copyCommand = 'Copy the command';

export const agent = 'Agent';
export const state = 'State';
export const cpu = 'CPU';
export const memory = 'Memory';
export const volumes = 'Volumes';
export const sandboxes = 'Sandboxes';
export const heardOf = 'Heard of';
export const never = 'never';

export const states: Record<AgentView['status'], string> = { active: 'active', draining: 'draining', offline: 'offline' };
export const meanings: Record<AgentView['status'], string> = {
  active: 'Takes new sandboxes',
  draining: 'Holds what it has and takes nothing new',
  offline: 'Not heard of for more than 30 seconds: nothing is sent to it',
};

export const cpusOf = (id: string) => `CPUs of ${id}`;
export const memoryOf = (id: string) => `Memory of ${id}`;
export const volumesOf = (id: string) => `Disk for volumes of ${id}`;
export const usedOf = (used: string, total: string) => `${used} of ${total}`;
