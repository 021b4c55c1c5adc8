import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migratedDatabase } from '@/e2e/support/test-database';
import { processesOf } from './sandboxes/sandbox-processes';
import { type AgentWorld, newWorkspace, startAgentWorld } from './testing/agent-world';

let world: AgentWorld;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await migratedDatabase();
  drop = database.drop;
  world = await startAgentWorld(database.url);
});
afterAll(async () => {
  await world.stop();
  await drop();
});

async function newSandbox() {
  const workspace = newWorkspace();
  const client = await world.client(workspace);
  const call = (path: string, init?: RequestInit) => world.call(workspace, path, init);
  return { client, call, sandbox: await client.sandboxes.create() };
}

const statusOf = async ({ client, sandbox }: Awaited<ReturnType<typeof newSandbox>>) =>
  (await client.sandboxes.get(sandbox.id)).status;

/** Whether a process still is one that does something. */
const stateOf = async (pid: string) => {
  return readFile(`/proc/${pid.trim()}/stat`, 'utf8').then(
    (stat) => stat.split(') ')[1]?.[0],
    () => 'gone',
  );
};

describe('a sandbox', () => {
  test.runIf(process.platform === 'linux')(
    'stands still while it is paused, what runs in it too, and goes on afterwards',
    async () => {
      const world = await newSandbox();
      const { sandbox } = world;
      const { stdout: pid } = await sandbox.exec('sleep 600 >/dev/null 2>&1 & echo $!');
      await sandbox.pause();
      expect(await statusOf(world)).toBe('paused');
      await expect.poll(() => stateOf(pid)).toBe('T');
      const later = sandbox.exec('echo later');
      await sandbox.resume();
      expect((await later).stdout).toBe('later\n');
      expect(await statusOf(world)).toBe('running');
      await expect.poll(() => stateOf(pid)).toBe('S');
    },
  );

  test.runIf(process.platform === 'linux')('ends with everything it started, even what left its process group', async () => {
    const { sandbox } = await newSandbox();
    await sandbox.exec('setsid sleep 600 >/dev/null 2>&1 & sleep 600 >/dev/null 2>&1 &');
    const alive = () => processesOf(sandbox).length;
    await expect.poll(alive).toBe(2);
    await sandbox.kill();
    await expect.poll(alive).toBe(0);
  });

  test('keeps its files while it is hibernated, and wakes for whoever uses it', async () => {
    const world = await newSandbox();
    const { sandbox } = world;
    await sandbox.filesystem.write('/kept', 'kept');
    await sandbox.hibernate();
    expect(await sandbox.filesystem.read('/kept')).toBe('kept');
    expect(await statusOf(world)).toBe('running');
    await sandbox.hibernate();
    await sandbox.wake();
    await expect(sandbox.wake()).rejects.toThrow('already running');
  });

  test('tells and changes how long it may lie idle', async () => {
    const { sandbox } = await newSandbox();
    expect(await sandbox.setTtl(60)).toMatchObject({ ttl_seconds: 60, persistent: false });
    expect(await sandbox.setPersistent(true)).toMatchObject({ ttl_seconds: 60, persistent: true });
    await expect(sandbox.setTtl(-1)).rejects.toMatchObject({ statusCode: 400 });
  });

  test('tells what it said and what happened, then and as it goes', async () => {
    const { sandbox, call } = await newSandbox();
    await sandbox.exec('echo first');
    const lines: string[] = [];
    for await (const line of sandbox.logs()) lines.push(line);
    expect(lines).toContain('first');
    for await (const line of sandbox.logs({ follow: true })) if (line === 'first') break;
    const { events } = await (await call(`/sandboxes/${sandbox.id}/events`)).json();
    expect(events).toMatchObject([{ type: 'sandbox.running', sandbox_id: sandbox.id }]);
    const stream = await call(`/sandboxes/${sandbox.id}/events?follow=1`);
    await sandbox.kill();
    expect(await stream.text()).toMatch(/^event: event\ndata: .*sandbox\.running.*\n\nevent: event\ndata: .*sandbox\.deleted/);
  });
});

describe('a copy', () => {
  test('begins with the files of its snapshot', async () => {
    const { client, sandbox } = await newSandbox();
    await sandbox.filesystem.write('/state', 'then');
    const snapshot = await sandbox.snapshot();
    await sandbox.filesystem.write('/state', 'now');
    const copy = await client.sandboxes.create({ from_snapshot: snapshot.id });
    expect(await copy.filesystem.read('/state')).toBe('then');
    expect(await client.snapshots.list({ sandbox_id: sandbox.id })).toMatchObject([{ id: snapshot.id }]);
    await client.snapshots.delete(snapshot.id);
    expect(await client.snapshots.list()).toEqual([]);
  });

  test('is a fork, or a tree of them of which one is kept', async () => {
    const { client, sandbox } = await newSandbox();
    await sandbox.filesystem.write('/state', 'shared');
    const child = await sandbox.fork();
    expect(await child.filesystem.read('/state')).toBe('shared');
    const tree = await sandbox.forkTree({ count: 3, metadata: { mark: 'x' } });
    const [winner] = tree;
    const { metadata } = (await client.sandboxes.get(winner?.id ?? '')).info;
    expect(metadata).toMatchObject({ mark: 'x', fork_parent_id: sandbox.id });
    const kept = await winner?.promote({ treeId: metadata?.fork_tree_id ?? '', cleanupSiblings: true });
    const ids = tree.slice(1).map(({ id }) => id);
    expect(kept?.deleted?.toSorted()).toEqual(ids.toSorted());
    expect((await client.sandboxes.list()).map(({ id }) => id).toSorted()).toEqual(
      [sandbox, child, winner].map((one) => one?.id).toSorted(),
    );
    await expect(sandbox.forkTree({ count: 17 })).rejects.toThrow('capped at 16');
  });

  test('explores: the best of several tries goes on', async () => {
    const { client, sandbox } = await newSandbox();
    const { winner, winnerOutcome } = await sandbox.explore(['exit 1', 'echo PASS'], { captureFiles: false });
    expect(winnerOutcome?.label).toBe('echo PASS');
    expect((await client.sandboxes.list()).map(({ id }) => id).toSorted()).toEqual([sandbox.id, winner?.id].toSorted());
  });
});
