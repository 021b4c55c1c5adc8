import { and, eq, inArray, lte, notInArray, sql } from 'drizzle-orm';
import { leases, sandboxes } from '@/db/schema';
import { type Agent, type Sandbox, workspaceOf } from '../agent';
import { LEASE_SECONDS } from '../options';

const ALIVE = ['running', 'paused', 'hibernated'];

/** Says that this agent holds the sandbox, until `leaseSeconds` from now by the database's clock. */
export async function acquireLease(agent: Agent, sandbox: Sandbox): Promise<void> {
  const seconds = agent.options.leaseSeconds ?? LEASE_SECONDS;
  const held = {
    agentId: agent.id,
    workspaceId: workspaceOf(sandbox),
    expiresAt: sql`now() + make_interval(secs => ${seconds})`,
  };
  await agent.database
    .insert(leases)
    .values({ sandboxId: sandbox.id, ...held })
    .onConflictDoUpdate({ target: leases.sandboxId, set: held });
}

export async function releaseLease(agent: Agent, sandboxId: string): Promise<void> {
  await agent.database.delete(leases).where(eq(leases.sandboxId, sandboxId));
}

/** Renews what is held here, then clears away what others let expire: theirs are dead. */
export async function renewLeases(agent: Agent): Promise<void> {
  for (const sandbox of agent.sandboxes.values()) await acquireLease(agent, sandbox);
  const expired = await agent.database
    .delete(leases)
    .where(lte(leases.expiresAt, sql`now()`))
    .returning({ id: leases.sandboxId });
  await markFailed(agent, expired);
}

/** Gives up every lease of this agent whose sandbox it does not hold: after a start, those of its former life; at a stop, all. */
export async function clearLeases(agent: Agent): Promise<void> {
  const held = [...agent.sandboxes.keys()];
  const mine = eq(leases.agentId, agent.id);
  const gone = await agent.database
    .delete(leases)
    .where(held.length > 0 ? and(mine, notInArray(leases.sandboxId, held)) : mine)
    .returning({ id: leases.sandboxId });
  await markFailed(agent, gone);
}

async function markFailed(agent: Agent, gone: { id: string }[]): Promise<void> {
  if (gone.length === 0) return;
  const ids = gone.map(({ id }) => id);
  await agent.database
    .update(sandboxes)
    .set({ status: 'failed' })
    .where(and(inArray(sandboxes.id, ids), inArray(sandboxes.status, ALIVE)));
}
