import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '@/db/postgres';
import { agentAuditLog, agents, bootEvents, leases, sandboxEvents, sandboxes, snapshots, usageEvents } from '@/db/schema';
import { migratedDatabase } from '@/e2e/support/test-database';
import { holdConnection } from './registry/hold-connection';
import { processesOf } from './sandboxes/sandbox-processes';
import { newWorkspace, startAgentWorld } from './testing/agent-world';

let url: string;
let database: Database;
let end: () => Promise<void>;
/** Where the agents of this file, and nobody else, make their folders. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-test-'));
  process.env.TMPDIR = folder;
  const { drop, ...made } = await migratedDatabase();
  url = made.url;
  const held = await holdConnection(url);
  database = held.database;
  end = async () => {
    await held.release();
    await drop();
    await rm(folder, { recursive: true });
  };
});
afterAll(() => end());

const leaseOf = (id: string) => database.select().from(leases).where(eq(leases.sandboxId, id));
const rowOf = (id: string) => database.select().from(sandboxes).where(eq(sandboxes.id, id));

describe('the registry', () => {
  test('knows the agent, hears from it again and again, and learns that it goes', async () => {
    const world = await startAgentWorld(url, { region: 'eu', zone: 'a', heartbeatMs: 20, capacity: { cpu_total: 64 } });
    const row = async () => (await database.select().from(agents).where(eq(agents.id, world.id)))[0];
    const first = await row();
    expect(first).toMatchObject({ endpoint: world.endpoint, region: 'eu', zone: 'a', version: 'stand-in', status: 'active' });
    expect(first?.capacity).toEqual({
      cpu_total: 64,
      cpu_used: 0,
      memory_mb_total: expect.any(Number),
      memory_mb_used: 0,
      sandboxes: 0,
      load_average: expect.any(Number),
      volume_provisioned_bytes: 0,
      volumes_fs_size_bytes: expect.any(Number),
      volumes_fs_free_bytes: expect.any(Number),
    });
    const sandbox = await (await world.client(newWorkspace())).sandboxes.create();
    expect((await sandbox.exec('pwd')).stdout).toContain(folder);
    await expect.poll(async () => (await row())?.capacity).toMatchObject({ cpu_used: 1, memory_mb_used: 1_024, sandboxes: 1 });
    expect((await row())?.lastHeartbeat?.getTime()).toBeGreaterThan(first?.lastHeartbeat?.getTime() ?? 0);
    await world.stop();
    expect((await row())?.status).toBe('draining');
    expect(await readdir(folder)).toEqual([]);
  });

  test('holds the row, lease and events of a sandbox, and what it used once it is gone', async () => {
    const world = await startAgentWorld(url, { leaseSeconds: 600 });
    const workspace = newWorkspace();
    const sandbox = await (await world.client(workspace)).sandboxes.create({ ttl_seconds: 60, persistent: true });
    expect(await rowOf(sandbox.id)).toMatchObject([
      {
        ...{
          template: 'ubuntu-24.04',
          cpu: 1,
          memoryMb: 1_024,
          status: 'running',
          bootMode: 'cold',
          persistent: 1,
          ttlSeconds: 60,
        },
        metadata: JSON.stringify({ workspace }),
        createdAt: expect.any(Number),
      },
    ]);
    await expect.poll(() => leaseOf(sandbox.id)).toMatchObject([{ agentId: world.id, workspaceId: workspace }]);
    const [lease] = await database
      .select({ seconds: sql<number>`extract(epoch from ${leases.expiresAt} - now())::int` })
      .from(leases)
      .where(eq(leases.sandboxId, sandbox.id));
    expect(lease?.seconds).toBeGreaterThan(500);
    const snapshot = await sandbox.snapshot();
    await sandbox.kill();
    await world.stop();
    const of = (table: typeof bootEvents | typeof sandboxEvents | typeof usageEvents) =>
      database.select().from(table).where(eq(table.sandboxId, sandbox.id));
    expect(await rowOf(sandbox.id)).toEqual([]);
    expect(await leaseOf(sandbox.id)).toEqual([]);
    expect(await of(bootEvents)).toMatchObject([{ template: 'ubuntu-24.04', bootMode: 'cold' }]);
    expect(await of(sandboxEvents)).toMatchObject([
      { type: 'running', code: 'cold', workspaceId: workspace, metadata: { template: 'ubuntu-24.04' } },
      { type: 'deleted', workspaceId: workspace },
    ]);
    expect(await of(usageEvents)).toMatchObject([{ event: 'deleted', workspace, cpuCount: 1, memMb: 1_024 }]);
    expect(await database.select().from(snapshots).where(eq(snapshots.id, snapshot.id))).toMatchObject([
      { sandboxId: sandbox.id },
    ]);
    const trail = await database.select().from(agentAuditLog).where(eq(agentAuditLog.workspace, workspace));
    expect(trail.map(({ method, status }) => [method, status])).toEqual([
      ['POST', 201],
      ['POST', 201],
      ['DELETE', 204],
    ]);
  });

  test('says of sandboxes that end with their agent that they failed, and nobody holds them', async () => {
    const world = await startAgentWorld(url);
    const sandbox = await (await world.client(newWorkspace())).sandboxes.create();
    await sandbox.exec('sleep 600 >/dev/null 2>&1 &');
    await world.stop();
    expect(await rowOf(sandbox.id)).toMatchObject([{ status: 'failed' }]);
    expect(await leaseOf(sandbox.id)).toEqual([]);
    await expect.poll(() => processesOf(sandbox)).toEqual([]);
  });

  test('hears that a sandbox is still held, and counts what nobody held on to as failed', async () => {
    const world = await startAgentWorld(url, { leaseRenewMs: 20 });
    const sandbox = await (await world.client(newWorkspace())).sandboxes.create();
    await expect.poll(() => leaseOf(sandbox.id)).toHaveLength(1);
    const soon = sql`now() + interval '1 minute'`;
    await database.update(leases).set({ expiresAt: soon }).where(eq(leases.sandboxId, sandbox.id));
    await expect.poll(async () => (await leaseOf(sandbox.id))[0]?.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 3_600_000);
    const dropped = { id: newWorkspace(), status: 'paused' };
    await database.insert(sandboxes).values(dropped);
    await database.insert(leases).values({ sandboxId: dropped.id, agentId: 'dead', expiresAt: sql`now() - interval '1 second'` });
    await expect.poll(() => rowOf(dropped.id)).toMatchObject([{ status: 'failed' }]);
    await world.stop();
  });

  test('forgets a sandbox that lay idle longer than it wanted, unless it is to stay', async () => {
    const world = await startAgentWorld(url, { idleLookMs: 20 });
    const client = await world.client(newWorkspace());
    const kept = await client.sandboxes.create({ ttl_seconds: 0, persistent: true });
    const idle = await client.sandboxes.create({ ttl_seconds: 0 });
    await expect.poll(() => rowOf(idle.id)).toEqual([]);
    expect(await rowOf(kept.id)).toMatchObject([{ status: 'running' }]);
    await world.stop();
  });

  test('loses what an agent held in a former life, and keeps what others hold', async () => {
    const lost = { id: newWorkspace(), status: 'running' };
    const kept = { id: newWorkspace(), status: 'running' };
    await database.insert(sandboxes).values([lost, kept]);
    const expiresAt = sql`now() + interval '1 hour'`;
    await database.insert(leases).values([
      { sandboxId: lost.id, agentId: 'reborn', expiresAt },
      { sandboxId: kept.id, agentId: 'another', expiresAt },
    ]);
    const world = await startAgentWorld(url, { id: 'reborn' });
    expect(await rowOf(lost.id)).toMatchObject([{ status: 'failed' }]);
    expect(await leaseOf(lost.id)).toEqual([]);
    expect(await rowOf(kept.id)).toMatchObject([{ status: 'running' }]);
    expect(await leaseOf(kept.id)).toMatchObject([{ agentId: 'another' }]);
    await world.stop();
  });
});

test('a database that is not there is said at the start, and nothing stays behind', async () => {
  const nowhere = url.replace(/\/t_[0-9a-f]+/, '/nowhere');
  await expect(startAgentWorld(nowhere)).rejects.toThrow();
  expect(await readdir(folder)).toEqual([]);
});
