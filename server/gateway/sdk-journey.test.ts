import { Client, NotFoundError } from '@pandastack/sdk';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { type RunningAgent, startAgent } from '@/dev/agent/start-agent';
import { type GatewayWorld, type Owner, startGatewayWorld } from '@/e2e/support/gateway-world';

const NODE_TOKEN = 'the-secret-between-them';
let world: GatewayWorld;
let agent: RunningAgent;
let owner: Owner;
let client: Client;
beforeAll(async () => {
  world = await startGatewayWorld({ PANDASTACK_NODE_TOKEN: NODE_TOKEN });
  agent = await startAgent({ databaseUrl: world.databaseUrl, nodeToken: NODE_TOKEN });
  owner = await world.owner();
  client = new Client({ apiUrl: world.url, apiKey: owner.apiToken });
});
afterAll(async () => {
  await agent.stop();
  await world.close();
});

test('the unmodified SDK makes a sandbox, works in it and ends it, with an API token', async () => {
  const sandbox = await client.sandboxes.create({ template: 'base', ttlSeconds: 600, metadata: { purpose: 'journey' } });
  expect(sandbox.info).toMatchObject({ status: 'running', metadata: { purpose: 'journey', workspace: owner.org.id } });

  expect(await sandbox.exec('echo hello; exit 3')).toMatchObject({ stdout: 'hello\n', exitCode: 3 });
  const heard: string[] = [];
  const exitCode = await sandbox.execStream('echo one; echo two >&2; exit 4', {
    onStdout: (chunk) => heard.push(`out ${chunk}`),
    onStderr: (chunk) => heard.push(`err ${chunk}`),
  });
  expect([exitCode, ...heard.sort()]).toEqual([4, 'err two\n', 'out one\n']);

  await sandbox.filesystem.write('/notes/a.txt', 'written over the gateway');
  expect(await sandbox.filesystem.read('/notes/a.txt')).toBe('written over the gateway');
  expect((await sandbox.filesystem.list('/notes')).map(({ name }) => name)).toEqual(['a.txt']);
  expect((await client.sandboxes.list()).map(({ id }) => id)).toContain(sandbox.id);
  const lines: string[] = [];
  for await (const line of sandbox.logs()) lines.push(line);
  expect(lines.join('\n')).toContain('hello');

  await sandbox.pause();
  expect((await client.sandboxes.get(sandbox.id)).status).toBe('paused');
  await sandbox.resume();
  const fork = await sandbox.fork();
  expect(await fork.filesystem.read('/notes/a.txt')).toBe('written over the gateway');
  const children = await sandbox.forkTree({ count: 2 });
  expect(await Promise.all(children.map(({ filesystem }) => filesystem.read('/notes/a.txt')))).toHaveLength(2);
  const snapshot = await sandbox.snapshot();
  await sandbox.kill();
  const restored = await client.sandboxes.create({ fromSnapshot: snapshot.id });
  expect(await restored.filesystem.read('/notes/a.txt')).toBe('written over the gateway');
  expect((await client.snapshots.list()).map(({ id }) => id)).toContain(snapshot.id);
  await client.snapshots.delete(snapshot.id);

  for (const one of [fork, ...children, restored]) await one.kill();
  await expect(client.sandboxes.get(sandbox.id)).rejects.toBeInstanceOf(NotFoundError);
  expect(await client.sandboxes.list()).toEqual([]);
});

test('interpreters, volumes and templates work as well', async () => {
  const volume = await client.volumes.create({ name: 'data', size_mb: 64 });
  const sandbox = await client.sandboxes.create({ volumes: [{ name: volume.name }] });
  const context = await sandbox.createCodeContext('python');
  await context.runCode('x = 20');
  expect((await context.runCode('print(x + 1)')).stdout).toBe('21\n');
  await context.close();
  const build = await client.templates.build({ name: 'mine', rootfs: new Uint8Array(1_000_000) });
  expect((await client.templates.waitForBuild(build.id, { intervalMs: 20 })).status).toBe('done');
  expect((await client.templates.list()).map(({ name }) => name)).toContain('mine');
  expect((await client.templates.builds()).map(({ id }) => id)).toEqual([build.id]);
  await client.templates.delete('mine');
  await sandbox.kill();
  await client.volumes.delete('data');
  expect(await client.volumes.list()).toEqual([]);
});

test('what changes what there is stands in the audit trail, with who and where; commands and files do not', async () => {
  const other = await world.owner();
  const theirs = new Client({ apiUrl: world.url, apiKey: other.apiToken });
  const sandbox = await theirs.sandboxes.create();
  await sandbox.exec('true');
  await sandbox.filesystem.write('/a', 'b');
  const child = await sandbox.fork();
  await sandbox.kill();
  await theirs.templates.build({ name: 'audited', rootfs: new Uint8Array(10) });
  const rows = await db().execute<{ payload: Record<string, string> }>(
    sql`select payload from audit_outbox where org_id = ${other.org.id} and payload->>'action' similar to '(sandbox|template).%' order by id`,
  );
  expect(rows.map(({ payload }) => [payload.action, payload.target_id, payload.actor_type])).toEqual([
    ['sandbox.created', sandbox.id, 'token'],
    ['sandbox.forked', child.id, 'token'],
    ['sandbox.deleted', sandbox.id, 'token'],
    ['template.built', 'audited', 'token'],
  ]);
  expect(JSON.parse(rows[0]?.payload.metadata ?? '')).toMatchObject({ agent: agent.id });
});
