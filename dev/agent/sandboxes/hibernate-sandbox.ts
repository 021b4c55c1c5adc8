import type { Agent, Sandbox } from '../agent';
import { inBackground, recordEvent, recordUsage } from '../registry/event-rows';
import { saveSandbox } from '../registry/sandbox-rows';
import { endProcesses } from './delete-sandbox';
import { emit } from './emit';
import { signalSandbox } from './process-groups';

export async function pauseSandbox(agent: Agent, sandbox: Sandbox): Promise<void> {
  if (!sandbox.resumed) {
    sandbox.resumed = Promise.withResolvers();
    sandbox.resumed.promise.catch(() => {});
  }
  signalSandbox(sandbox, 'SIGSTOP');
  emit(sandbox, 'sandbox.paused');
  sandbox.status = 'paused';
  await saveSandbox(agent, sandbox);
}

export async function resumeSandbox(agent: Agent, sandbox: Sandbox): Promise<void> {
  signalSandbox(sandbox, 'SIGCONT');
  sandbox.resumed?.resolve();
  sandbox.resumed = undefined;
  emit(sandbox, 'sandbox.resumed');
  sandbox.status = 'running';
  await saveSandbox(agent, sandbox);
}

/** Keeps the files. A real agent keeps the memory too; here the processes end. */
export async function hibernateSandbox(agent: Agent, sandbox: Sandbox): Promise<void> {
  endProcesses(sandbox);
  emit(sandbox, 'sandbox.hibernated');
  sandbox.status = 'hibernated';
  inBackground(agent, recordEvent(agent, sandbox, { type: 'hibernated' }));
  inBackground(agent, recordUsage(agent, sandbox, 'hibernated'));
  await saveSandbox(agent, sandbox);
}

export async function wakeSandbox(agent: Agent, sandbox: Sandbox): Promise<void> {
  sandbox.status = 'running';
  sandbox.runningSince = Date.now();
  emit(sandbox, 'sandbox.woken');
  inBackground(agent, recordEvent(agent, sandbox, { type: 'woken' }));
  await saveSandbox(agent, sandbox);
}
