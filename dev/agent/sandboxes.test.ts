import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migratedDatabase } from '@/e2e/support/test-database';
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

const newSandbox = async () => (await world.client(newWorkspace())).sandboxes.create();

describe('the SDK, unmodified', () => {
  test('creates a sandbox, runs a command in it and kills it', async () => {
    const client = await world.client(newWorkspace());
    const sandbox = await client.sandboxes.create({ metadata: { purpose: 'test' } });
    expect(sandbox).toMatchObject({ status: 'running', template: 'ubuntu-24.04' });
    expect(sandbox.info.metadata).toMatchObject({ purpose: 'test' });
    expect(await sandbox.exec('echo out; echo err >&2; exit 3')).toMatchObject({
      stdout: 'out\n',
      stderr: 'err\n',
      exit_code: 3,
      exitCode: 3,
    });
    expect((await client.sandboxes.list()).map(({ id }) => id)).toEqual([sandbox.id]);
    await sandbox.kill();
    await expect(client.sandboxes.get(sandbox.id)).rejects.toThrow('not found');
  });

  test('follows a command while it runs', async () => {
    const sandbox = await newSandbox();
    const heard: string[] = [];
    const exitCode = await sandbox.execStream('printf "grün"; echo bad >&2; exit 7', {
      onStdout: (chunk) => heard.push(`out ${chunk}`),
      onStderr: (chunk) => heard.push(`err ${chunk}`),
    });
    expect(exitCode).toBe(7);
    expect(heard.toSorted()).toEqual(['err bad\n', 'out grün']);
  });

  test('writes, reads, lists and finds files, and a command finds them too', async () => {
    const sandbox = await newSandbox();
    await sandbox.filesystem.write('/work/hello.txt', 'hello');
    expect(await sandbox.filesystem.read('/work/hello.txt')).toBe('hello');
    expect(await sandbox.filesystem.list('/work')).toMatchObject([
      { name: 'hello.txt', path: '/work/hello.txt', size: 5, is_dir: false },
    ]);
    expect(await sandbox.filesystem.exists('/work/gone.txt')).toBe(false);
    expect((await sandbox.exec('cat work/hello.txt')).stdout).toBe('hello');
  });

  test('finds nothing of this process in the environment of its commands', async () => {
    process.env.PANDASTACK_NODE_TOKEN = 'a-secret-of-the-control-plane';
    const { stdout } = await (await newSandbox()).exec('env');
    delete process.env.PANDASTACK_NODE_TOKEN;
    expect(stdout).toContain('PANDASTACK_SANDBOX_ID=');
    expect(stdout).not.toContain('secret');
  });

  test('does not wait for what a command leaves in the background, and loses nothing of what the command said', async () => {
    const sandbox = await newSandbox();
    const { stdout } = await sandbox.exec('(setsid sleep 600 &) ; sleep 600 & seq 1 50000');
    expect(stdout.split('\n').at(-2)).toBe('50000');
    expect(stdout.split('\n')).toHaveLength(50_001);
  });

  test('reads no secret back that it wrote into the metadata', async () => {
    const client = await world.client(newWorkspace());
    const { id, info } = await client.sandboxes.create({ metadata: { 'secret.key': 'hidden', open: 'shown' } });
    expect(JSON.stringify([info, (await client.sandboxes.get(id)).info])).not.toContain('hidden');
  });

  test('ends a command whose time is over', async () => {
    const sandbox = await newSandbox();
    await expect(sandbox.exec('sleep 60', { timeoutSeconds: 0.2 })).rejects.toMatchObject({ name: 'SandboxTimeout' });
  });
});

describe('a path', () => {
  test.each([
    ['climbs', '/../outside', 400],
    ['climbs in the middle', '/tmp/../../outside', 400],
    ['is not absolute', 'tmp/x', 500],
    ['leads out over a link', '/out/passwd', 400],
    ['is a link that leads out', '/file', 400],
    ['is a link to what is not there yet', '/nowhere', 400],
  ])('that %s is refused, to read and to write', async (_how, path, status) => {
    const workspace = newWorkspace();
    const sandbox = await (await world.client(workspace)).sandboxes.create();
    await sandbox.exec('ln -s /etc out; ln -s /etc/passwd file; ln -s /tmp/nowhere-to-be-found nowhere');
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const url = `/sandboxes/${sandbox.id}/fs?path=${encodeURIComponent(path)}`;
      const answer = await world.call(workspace, url, { method, ...(method === 'PUT' && { body: 'x' }) });
      expect([method, answer.status]).toEqual([method, status]);
    }
  });
});

describe('a workspace', () => {
  test('sees nothing of another, and the magic ones see everything', async () => {
    const [mine, other] = [newWorkspace(), newWorkspace()];
    const sandbox = await (await world.client(mine)).sandboxes.create();
    for (const path of ['', '/exec', '/fs?path=/', '/events', '/lifecycle']) {
      expect((await world.call(other, `/sandboxes/${sandbox.id}${path}`)).status).toBeGreaterThanOrEqual(404);
    }
    expect(await (await world.call(other, '/sandboxes')).json()).toEqual([]);
    for (const magic of ['', 'admin', 'default']) {
      expect((await world.call(magic, `/sandboxes/${sandbox.id}`)).status).toBe(200);
    }
  });

  test('is stamped on a create whatever the caller claims', async () => {
    const workspace = newWorkspace();
    const sandbox = await (await world.client(workspace)).sandboxes.create({ metadata: { workspace: 'somebody-else' } });
    expect(sandbox.info.metadata).toEqual({ workspace });
  });
});

test('a node token, where one is set, is asked of everybody', async () => {
  const database = await migratedDatabase();
  const guarded = await startAgentWorld(database.url, { nodeToken: 'secret' });
  expect((await guarded.call('', '/sandboxes')).status).toBe(401);
  expect((await guarded.call('', '/sandboxes', { headers: { 'x-node-token': 'secre!' } })).status).toBe(401);
  expect((await guarded.call('', '/sandboxes', { headers: { 'x-node-token': 'secret' } })).status).toBe(200);
  expect((await guarded.call('', '/healthz')).headers.get('x-pandastack-agent')).toContain('isolates nothing');
  await guarded.stop();
  await database.drop();
});
