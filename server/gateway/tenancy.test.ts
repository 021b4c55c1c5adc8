import { Client } from '@pandastack/sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningAgent, startAgent } from '@/dev/agent/start-agent';
import { type GatewayWorld, type Owner, startGatewayWorld } from '@/e2e/support/gateway-world';
import { join, newPerson } from '@/e2e/support/test-people';

let world: GatewayWorld;
let agent: RunningAgent;
let [mine, theirs]: Owner[] = [];
let [me, them]: Client[] = [];
let sandboxId: string;
beforeAll(async () => {
  world = await startGatewayWorld();
  // Room for a sandbox of each test, however long the last heartbeat is ago.
  agent = await startAgent({ databaseUrl: world.databaseUrl, capacity: { memory_mb_total: 1_048_576 } });
});
afterAll(async () => {
  await agent.stop();
  await world.close();
});
beforeEach(async () => {
  [mine, theirs] = [await world.owner(), await world.owner()];
  [me, them] = [mine, theirs].map(({ apiToken }) => new Client({ apiUrl: world.url, apiKey: apiToken }));
  const sandbox = await (them as Client).sandboxes.create();
  await sandbox.filesystem.write('/private', 'of theirs');
  sandboxId = sandbox.id;
});

const as = (owner: Owner | undefined, path: string, init?: RequestInit) => world.send(owner?.apiToken ?? '', path, init);
const json = (body: unknown, method = 'POST') => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const CALLS: [string, string, RequestInit?][] = [
  ['looking at it', ''],
  ['ending it', '', { method: 'DELETE' }],
  ['a command', '/exec', json({ cmd: 'cat private' })],
  ['a streamed command', '/exec/stream', json({ cmd: 'cat private' })],
  ['reading a file', '/fs?path=/private'],
  ['writing a file', '/fs?path=/private', { method: 'PUT', body: 'x' }],
  ['its logs', '/logs'],
  ['its events', '/events'],
  ['its metrics', '/metrics'],
  ['pausing it', '/pause', { method: 'POST' }],
  ['hibernating it', '/hibernate', { method: 'POST' }],
  ['a fork', '/fork', json({})],
  ['a tree of forks', '/fork-tree', json({ count: 2 })],
  ['a promotion', '/promote', json({})],
  ['a snapshot', '/snapshots', { method: 'POST' }],
  ['its ports', '/ports'],
  ['a program in it', '/proxy/8080/'],
  ['an interpreter', '/repl/sessions', json({ language: 'python' })],
  ['keeping it', '/lifecycle', json({ persistent: true }, 'PATCH')],
  ['a ticket for its terminal', '/tickets', json({ path: 'exec/pty' })],
];

describe('the sandbox of another organization', () => {
  test.each(CALLS)('is not there for %s, and stays as it was', async (_what, below, init) => {
    for (const credential of [mine?.apiToken ?? '', mine?.token ?? '']) {
      const answer = await world.send(credential, `/v1/sandboxes/${sandboxId}${below}`, init);
      const { code } = (await answer.json()) as { code: string };
      // A token may have no ticket for any sandbox.
      expect([answer.status, code]).toEqual(
        below === '/tickets' && credential.startsWith('pds_') ? [403, 'token_not_allowed'] : [404, 'not_found'],
      );
    }
    expect(await (await as(theirs, `/v1/sandboxes/${sandboxId}/fs?path=/private`)).text()).toBe('of theirs');
    expect((await them?.sandboxes.get(sandboxId))?.status).toBe('running');
  });

  test('is in no list', async () => {
    expect(await me?.sandboxes.list()).toEqual([]);
    expect((await them?.sandboxes.list())?.map(({ id }) => id)).toEqual([sandboxId]);
  });

  test('and one that does not exist cannot be told apart', async () => {
    const ask = async (id: string) => {
      const answer = await as(mine, `/v1/sandboxes/${id}`);
      const { request_id: _, ...body } = (await answer.json()) as Record<string, unknown>;
      return { status: answer.status, body };
    };
    expect(await ask(sandboxId)).toEqual(await ask('b2c7dd34-2a0c-4ee0-9c3f-6e7a4f1d0d11'));
  });

  test('opens to nobody who names its organization without belonging to it', async () => {
    const headers = { 'x-pandastack-org': theirs?.org.id ?? '' };
    const answer = await world.send(mine?.token ?? '', `/v1/sandboxes/${sandboxId}`, { headers });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'not_a_member']);
  });

  test('opens to a member, by the organization they name', async () => {
    const member = newPerson(world.project);
    await join(theirs as Owner, member);
    const headers = { 'x-pandastack-org': theirs?.org.slug ?? '' };
    expect((await world.send(member.token, `/v1/sandboxes/${sandboxId}`, { headers })).status).toBe(200);
  });
});

describe('the snapshot of another organization', () => {
  let snapshotId: string;
  beforeEach(async () => {
    const sandbox = await them?.sandboxes.get(sandboxId);
    snapshotId = (await sandbox?.snapshot())?.id ?? '';
  });

  test.each([
    ['by its name', (id: string) => ({ from_snapshot: id })],
    ['under a name in another case', (id: string) => ({ From_Snapshot: id })],
    ['under a name that only folds to it', (id: string) => ({ from_ſnapshot: id })],
    ['beside a template', (id: string) => ({ template: 'base', from_snapshot: id })],
    ['in a list', (id: string) => ({ from_snapshot: [id] })],
  ])('makes no sandbox, asked for %s', async (_how, body) => {
    const answer = await as(mine, '/v1/sandboxes', json(body(snapshotId)));
    expect([400, 404]).toContain(answer.status);
    expect(await me?.sandboxes.list()).toEqual([]);
  });

  test('makes no sandbox, asked for twice in one body', async () => {
    const own = await (await me?.sandboxes.create())?.snapshot();
    const body = `{"from_snapshot":"${own?.id}","from_snapshot":"${snapshotId}"}`;
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    expect((await as(mine, '/v1/sandboxes', init)).status).toBe(404);
  });

  test('is not there to see, to delete or in a list, also after its sandbox has ended', async () => {
    await them?.sandboxes.delete(sandboxId);
    expect((await as(mine, `/v1/snapshots/${snapshotId}`)).status).toBe(404);
    expect((await as(mine, `/v1/snapshots/${snapshotId}`, { method: 'DELETE' })).status).toBe(404);
    expect(await me?.snapshots.list()).toEqual([]);
    expect((await them?.snapshots.get(snapshotId))?.id).toBe(snapshotId);
    const restored = await them?.sandboxes.create({ from_snapshot: snapshotId });
    expect(await restored?.filesystem.read('/private')).toBe('of theirs');
  });
});

describe('what agents leave to us', () => {
  test('a fork stays with its parent, whatever its metadata says', async () => {
    const parent = await me?.sandboxes.create();
    const children = await parent?.forkTree({ count: 1, metadata: { workspace: theirs?.org.id ?? '', note: 'kept' } });
    expect((await me?.sandboxes.get(children?.[0]?.id ?? ''))?.info.metadata).toMatchObject({
      workspace: mine?.org.id,
      note: 'kept',
    });
    expect((await them?.sandboxes.list())?.map(({ id }) => id)).toEqual([sandboxId]);
  });

  test('a promotion ends no fork of another organization', async () => {
    const [fork] = (await (await them?.sandboxes.get(sandboxId))?.forkTree({ count: 1 })) ?? [];
    const treeId = (await them?.sandboxes.get(fork?.id ?? ''))?.info.metadata?.fork_tree_id ?? '';
    const winner = await me?.sandboxes.create({ metadata: { fork_tree_id: treeId } });
    const body = { cleanup_siblings: true, tree_id: treeId };
    expect((await as(mine, `/v1/sandboxes/${winner?.id}/promote`, json(body))).status).toBe(404);
    expect((await them?.sandboxes.get(fork?.id ?? ''))?.status).toBe('running');
    const [own, second] = (await winner?.forkTree({ count: 2 })) ?? [];
    const ownTree = (await me?.sandboxes.get(own?.id ?? ''))?.info.metadata?.fork_tree_id ?? '';
    expect((await own?.promote({ cleanupSiblings: true, treeId: ownTree }))?.deleted).toEqual([second?.id]);
  });

  test('a build of a template is shown to nobody else', async () => {
    const build = await them?.templates.build({ name: 'theirs', rootfs: new Uint8Array(1_000) });
    await them?.templates.waitForBuild(build?.id ?? '', { intervalMs: 20 });
    expect(await me?.templates.builds()).toEqual([]);
    expect((await as(mine, `/v1/templates/builds/${build?.id}`)).status).toBe(404);
    expect((await as(mine, `/v1/templates/builds/${build?.id}/logs`)).status).toBe(404);
    expect((await me?.templates.list())?.map(({ name }) => name)).not.toContain('theirs');
    expect((await as(mine, '/v1/templates/theirs')).status).toBe(404);
    expect((await as(mine, '/v1/templates/theirs', { method: 'DELETE' })).status).toBeGreaterThanOrEqual(400);
    expect((await them?.templates.get('theirs'))?.name).toBe('theirs');
  });

  test('a volume of one name is another one in each organization', async () => {
    await them?.volumes.create({ name: 'data', size_mb: 64 });
    expect(await me?.volumes.list()).toEqual([]);
    expect((await as(mine, '/v1/volumes/data')).status).toBe(404);
    expect((await as(mine, '/v1/volumes/data', { method: 'DELETE' })).status).toBe(404);
    await expect(me?.sandboxes.create({ volumes: [{ name: 'data' }] })).rejects.toThrow('There is no such volume');
    expect((await them?.volumes.get('data'))?.name).toBe('data');
  });
});
