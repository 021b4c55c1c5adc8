import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Agent, Sandbox } from '../agent';
import { inBackground, recordEvent, recordUsage } from '../registry/event-rows';
import { releaseLease } from '../registry/leases';
import { deleteSandboxRow } from '../registry/sandbox-rows';
import { emit } from './emit';
import { signalSandbox } from './process-groups';

/** Ends a sandbox and forgets it. One that this agent does not hold loses its row and lease all the same, as the real agent has it. */
export async function deleteSandbox(agent: Agent, id: string): Promise<void> {
  const sandbox = agent.sandboxes.get(id);
  agent.sandboxes.delete(id);
  if (sandbox) await endSandbox(sandbox);
  await deleteSandboxRow(agent, id);
  inBackground(agent, releaseLease(agent, id));
  if (!sandbox) return;
  emit(sandbox, 'sandbox.deleted');
  inBackground(agent, recordEvent(agent, sandbox, { type: 'deleted' }));
  inBackground(agent, recordUsage(agent, sandbox, 'deleted'));
}

/** Ends every process of the sandbox and removes its files. */
export async function endSandbox(sandbox: Sandbox): Promise<void> {
  endProcesses(sandbox);
  await rm(dirname(sandbox.root), { recursive: true, force: true, maxRetries: 3 });
}

/** Commands that wait for a paused sandbox fail: their folder is about to go. */
export function endProcesses(sandbox: Sandbox): void {
  signalSandbox(sandbox, 'SIGKILL');
  sandbox.sessions.clear();
  sandbox.resumed?.reject(new Error('sandbox not found or not running'));
  sandbox.resumed = undefined;
}
