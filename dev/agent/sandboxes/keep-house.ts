import type { Agent } from '../agent';
import { IDLE_LOOK_MS, LEASE_RENEW_MS } from '../options';
import { inBackground } from '../registry/event-rows';
import { renewLeases } from '../registry/leases';
import { deleteSandbox } from './delete-sandbox';
import { forgetEmptyGroups } from './process-groups';

/** Deletes what lay idle for longer than it wanted, and renews the leases of the rest; returns what ends that. */
export function keepHouse(agent: Agent): () => void {
  const { idleLookMs = IDLE_LOOK_MS, leaseRenewMs = LEASE_RENEW_MS } = agent.options;
  const look = setInterval(() => inBackground(agent, deleteIdle(agent)), idleLookMs).unref();
  const renew = setInterval(() => inBackground(agent, renewLeases(agent)), leaseRenewMs).unref();
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
