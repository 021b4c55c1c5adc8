import { statfs } from 'node:fs/promises';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import { eq, sql } from 'drizzle-orm';
import { agents } from '@/db/schema';
import type { Agent } from '../agent';
import { type Capacity, HEARTBEAT_MS, VERSION } from '../options';

const MIB = 1_048_576;

/** Writes the agent's row, now and at every heartbeat; returns what ends that, the beat under way included. */
export async function announce(agent: Agent): Promise<() => Promise<void>> {
  await beat(agent);
  let last: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    last = beat(agent).catch((error: unknown) => agent.log(`heartbeat failed: ${String(error)}`));
  }, agent.options.heartbeatMs ?? HEARTBEAT_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await last;
  };
}

async function beat(agent: Agent): Promise<void> {
  const { region = 'local', zone = '' } = agent.options;
  const said = {
    endpoint: agent.endpoint,
    region,
    zone,
    version: VERSION,
    status: 'active',
    capacity: { ...(await capacityOf(agent)) },
    lastHeartbeat: sql`now()`,
  };
  await agent.database
    .insert(agents)
    .values({ id: agent.id, ...said })
    .onConflictDoUpdate({ target: agents.id, set: said });
}

/** Takes no more work; the row stays, so that one still sees which machine it was. */
export async function drain(agent: Agent): Promise<void> {
  await agent.database.update(agents).set({ status: 'draining' }).where(eq(agents.id, agent.id));
}

async function capacityOf(agent: Agent): Promise<Capacity> {
  const running = [...agent.sandboxes.values()].filter(({ status }) => status !== 'hibernated');
  const disk = await statfs(agent.folder);
  return {
    cpu_total: availableParallelism(),
    cpu_used: sum(running.map(({ cpu }) => cpu)),
    memory_mb_total: Math.floor(totalmem() / MIB),
    memory_mb_used: sum(running.map(({ memoryMb }) => memoryMb)),
    sandboxes: running.length,
    load_average: loadavg()[0] ?? 0,
    volume_provisioned_bytes: sum(agent.volumes.map(({ sizeMb }) => sizeMb * MIB)),
    volumes_fs_size_bytes: disk.blocks * disk.bsize,
    volumes_fs_free_bytes: disk.bavail * disk.bsize,
    ...agent.options.capacity,
  };
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
