import type { Agent } from '../agent';
import { inBackground } from '../registry/event-rows';
import { renewLeases } from '../registry/leases';
import { deleteSandbox } from './delete-sandbox';
import { forgetEmptyGroups } from './process-groups';

const LOOK_MS = 5_000;
const RENEW_MS = 300_000;

/** Deletes what lay idle for longer than it wanted, and renews the leases of the rest; returns what ends that. */
export function keepHouse(agent: Agent): () => void {
  const look = setInterval(() => inBackground(agent, deleteIdle(agent)), LOOK_MS).unref();
  const renew = setInterval(() => inBackground(agent, renewLeases(agent)), RENEW_MS).unref();
  return () => {
    clearInterval(look);
    clearInterval(renew);
  };
}

async function deleteIdle(agent: Agent): Promise<void> {
  for (const sandbox of agent.sandboxes.values()) {
    forgetEmptyGroups(sandbox);
    const idleSeconds = (Date.now() - sandbox.lastActivity) / 1_000;
    if (!sandbox.persistent && idleSeconds > sandbox.ttlSeconds) await deleteSandbox(agent, sandbox.id);
  }
}
