import type { SandboxAction } from './use-sandbox-action';

const ACTIONS: Record<string, SandboxAction[]> = {
  running: ['pause', 'fork', 'snapshot', 'hibernate'],
  paused: ['resume', 'fork', 'snapshot', 'hibernate'],
  hibernated: ['wake'],
};

/** What can be done with a sandbox in this state, the likeliest first, apart from ending it. */
export function actionsOf(status: string): SandboxAction[] {
  return ACTIONS[status] ?? [];
}
