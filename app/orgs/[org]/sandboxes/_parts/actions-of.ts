import type { SandboxAction } from './use-sandbox-action';

const ACTIONS: Record<string, { main: SandboxAction; others: SandboxAction[] }> = {
  running: { main: 'pause', others: ['fork', 'snapshot', 'hibernate'] },
  paused: { main: 'resume', others: ['fork', 'snapshot', 'hibernate'] },
  hibernated: { main: 'wake', others: [] },
};

/** What can be done with a sandbox in this state, apart from ending it; nothing where no machine answers for it. */
export function actionsOf({ status, held }: { status: string; held: boolean }): SandboxAction[] {
  const found = held ? ACTIONS[status] : undefined;
  return found ? [found.main, ...found.others] : [];
}
