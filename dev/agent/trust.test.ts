import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
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

async function twoTenants() {
  const [mine, other] = [newWorkspace(), newWorkspace()];
  return { mine, other, client: await world.client(mine), stranger: await world.client(other) };
}

// Each of these the real agent allows. When one of them changes there, the control plane may stop to look at it.
describe('what an agent leaves to the control plane', () => {
  test('is whose snapshot a create begins with', async () => {
    const { client, stranger, other } = await twoTenants();
    const source = await client.sandboxes.create();
    await source.filesystem.write('/private', 'of the first tenant');
    const { id } = await source.snapshot();
    const copy = await stranger.sandboxes.create({ from_snapshot: id });
    expect(copy.info.metadata).toEqual({ workspace: other });
    expect(await copy.filesystem.read('/private')).toBe('of the first tenant');
  });

  test('is into which workspace a tree of forks is put', async () => {
    const { client, stranger, other } = await twoTenants();
    const parent = await client.sandboxes.create();
    const [child] = await parent.forkTree({ count: 1, metadata: { workspace: other } });
    expect((await stranger.sandboxes.list()).map(({ id }) => id)).toEqual([child?.id]);
  });

  test('is whose tree a promotion clears away', async () => {
    const { client, stranger } = await twoTenants();
    const [first] = await (await client.sandboxes.create()).forkTree({ count: 1 });
    const { metadata } = (await client.sandboxes.get(first?.id ?? '')).info;
    const winner = await stranger.sandboxes.create();
    const { deleted } = await winner.promote({ treeId: metadata?.fork_tree_id ?? '', cleanupSiblings: true });
    expect(deleted).toEqual([first?.id]);
  });

  test('is whose builds are told', async () => {
    const { client, stranger, mine } = await twoTenants();
    const { id } = await client.templates.build({ name: 'seen-by-all', rootfs: new Uint8Array(10) });
    expect(await stranger.templates.builds()).toContainEqual(expect.objectContaining({ id, owner_workspace: mine }));
    expect((await stranger.templates.buildStatus(id)).name).toBe('seen-by-all');
  });
});

describe.runIf(process.platform === 'linux')('a caller who leaves', () => {
  test('takes a streamed command along', async () => {
    const workspace = newWorkspace();
    const sandbox = await (await world.client(workspace)).sandboxes.create();
    const left = new AbortController();
    const stream = await world.call(workspace, `/sandboxes/${sandbox.id}/exec/stream`, {
      method: 'POST',
      body: JSON.stringify({ cmd: 'echo begun; sleep 600' }),
      signal: left.signal,
    });
    const first = await stream.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value)).toBe('event: stdout\ndata: {"chunk":"begun\\n"}\n\n');
    left.abort();
    await expect.poll(() => processesOf(sandbox)).toEqual([]);
  });

  test('takes a terminal and its commands along', async () => {
    const workspace = newWorkspace();
    const sandbox = await (await world.client(workspace)).sandboxes.create();
    const url = `${world.endpoint.replace('http', 'ws')}/sandboxes/${sandbox.id}`;
    for (const path of ['/exec/pty', '/exec/ws']) {
      const socket = new WebSocket(url + path, { headers: { 'x-fcs-workspace': workspace } });
      await once(socket, 'open');
      const command = path === '/exec/pty' ? Buffer.from('sleep 600\n') : JSON.stringify({ id: '1', cmd: 'sleep 600' });
      socket.send(command);
      await expect.poll(() => processesOf(sandbox).length).toBeGreaterThan(0);
      socket.terminate();
      await expect.poll(() => processesOf(sandbox)).toEqual([]);
    }
  });
});
