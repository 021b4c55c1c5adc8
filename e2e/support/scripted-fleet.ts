import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { agents, leases, sandboxes } from '@/db/schema';

const ROOMY = { cpu_total: 8, cpu_used: 0, memory_mb_total: 16_384, memory_mb_used: 0, sandboxes: 0, load_average: 0 };

interface Enlisted {
  url: string;
  id?: string;
  region?: string;
  status?: string;
  capacity?: Record<string, unknown>;
  /** How long ago it was heard of; unset, it stays heard of however long the tests take. */
  silentSeconds?: number;
}

/** Writes an agent's row, as if it had announced itself; returns its id. */
export async function enlist({ url, silentSeconds = -3_600, capacity, ...rest }: Enlisted): Promise<string> {
  const { id = `agent-${randomUUID().slice(0, 8)}`, region = 'local', status = 'active' } = rest;
  const lastHeartbeat = sql`now() - make_interval(secs => ${silentSeconds})`;
  const row = { endpoint: url, region, status, capacity: { ...ROOMY, ...capacity }, lastHeartbeat };
  await db()
    .insert(agents)
    .values({ id, ...row })
    .onConflictDoUpdate({ target: agents.id, set: row });
  return id;
}

interface Held {
  agentId: string;
  workspace: string;
  id?: string;
  status?: string;
  cpu?: number;
  memoryMb?: number;
  /** Of the lease; negative for one that is over, null for none. */
  leaseSeconds?: number | null;
}

/** Writes the row of a sandbox and its lease, as if the agent held it; returns the sandbox's id. */
export async function holdSandbox({ agentId, workspace, leaseSeconds = 3_600, ...rest }: Held): Promise<string> {
  const { id = randomUUID(), status = 'running', cpu = 1, memoryMb = 1_024 } = rest;
  await db()
    .insert(sandboxes)
    .values({
      ...{ id, status, cpu, memoryMb },
      template: 'base',
      metadata: JSON.stringify({ workspace }),
      createdAt: Math.floor(Date.now() / 1_000),
    });
  if (leaseSeconds === null) return id;
  const expiresAt = sql`now() + make_interval(secs => ${leaseSeconds})`;
  await db().insert(leases).values({ sandboxId: id, agentId, workspaceId: workspace, expiresAt });
  return id;
}
