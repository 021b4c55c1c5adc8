import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migratedDatabase } from '@/e2e/support/test-database';
import { type AgentWorld, newWorkspace, startAgentWorld } from './testing/agent-world';

const CHUNKS = 300;

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

describe('a template', () => {
  test('says that it isolates nothing', async () => {
    const client = await world.client(newWorkspace());
    expect((await client.templates.list()).map(({ name }) => name)).toContain('ubuntu-24.04');
    expect((await client.templates.get('base')).description).toContain('isolates nothing');
  });

  test('is built from an upload, seen and removed by its workspace alone', async () => {
    const [mine, other] = [newWorkspace(), newWorkspace()];
    const [client, stranger] = [await world.client(mine), await world.client(other)];
    const begun = await client.templates.build({ name: 'own-image', rootfs: new Uint8Array(200_000).fill(7) });
    expect(begun).toMatchObject({ status: 'queued', bytes: 200_000 });
    expect(await client.templates.waitForBuild(begun.id, { intervalMs: 20 })).toMatchObject({ status: 'done' });
    const lines: string[] = [];
    for await (const line of client.templates.buildLogs(begun.id)) lines.push(line);
    expect(lines).toEqual(['own-image: 200000 bytes received, none of them kept']);
    expect((await client.sandboxes.create({ template: 'own-image' })).template).toBe('own-image');
    await expect(stranger.sandboxes.create({ template: 'own-image' })).rejects.toMatchObject({ statusCode: 403 });
    await expect(stranger.templates.get('own-image')).rejects.toMatchObject({ statusCode: 404 });
    await expect(stranger.templates.delete('own-image')).rejects.toMatchObject({ statusCode: 403 });
    await expect(client.templates.delete('base')).rejects.toMatchObject({ statusCode: 403 });
    await client.templates.delete('own-image');
    await expect(client.templates.get('own-image')).rejects.toMatchObject({ statusCode: 404 });
  });

  test('may be many times what a machine would hold in memory', async () => {
    const boundary = 'b'.repeat(30);
    const chunk = Buffer.alloc(1_048_576, `\r\n--${boundary.slice(1)}`);
    const before = process.memoryUsage().arrayBuffers;
    let peak = before;
    const parts = function* () {
      yield Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="name"\r\n\r\nhuge\r\n--${boundary}\r\n`);
      yield Buffer.from(
        'Content-Disposition: form-data; name="rootfs"; filename="rootfs.tar"\r\nContent-Type: application/x-tar\r\n\r\n',
      );
      for (let sent = 0; sent < CHUNKS; sent++) {
        peak = Math.max(peak, process.memoryUsage().arrayBuffers);
        yield chunk;
      }
      yield Buffer.from(`\r\n--${boundary}--\r\n`);
    };
    const answer = await world.call(newWorkspace(), '/templates/build', {
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: Readable.toWeb(Readable.from(parts())) as ReadableStream,
      duplex: 'half',
    } as RequestInit);
    expect(await answer.json()).toMatchObject({ name: 'huge', bytes: CHUNKS * chunk.length });
    expect(peak - before).toBeLessThan((CHUNKS / 2) * chunk.length);
  });

  test.each([
    ['without a file', { name: 'x' }, 400],
    ['without a name', { rootfs: new Blob(['x']) }, 400],
    ['of a size out of bounds', { name: 'x', size_mb: '99999', rootfs: new Blob(['x']) }, 400],
    ['that everybody has', { name: 'base', rootfs: new Blob(['x']) }, 409],
    ['that everybody has, to replace it', { name: 'base', replace: 'true', rootfs: new Blob(['x']) }, 403],
  ])('%s is refused', async (_what, fields, status) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value as string);
    expect((await world.call(newWorkspace(), '/templates/build', { method: 'POST', body })).status).toBe(status);
  });
});

describe('a volume', () => {
  test('belongs to a workspace and outlives its sandboxes', async () => {
    const client = await world.client(newWorkspace());
    expect(await client.volumes.create({ name: 'data', size_mb: 64 })).toEqual({
      name: 'data',
      size_mb: 64,
      size_bytes: 67_108_864,
    });
    await expect(client.volumes.create({ name: 'data', size_mb: 64 })).rejects.toMatchObject({ statusCode: 409 });
    const first = await client.sandboxes.create({ volumes: [{ name: 'data' }] });
    await first.filesystem.write('/volumes/data/note', 'kept');
    await first.kill();
    const second = await client.sandboxes.create({ volumes: [{ name: 'data' }] });
    expect(await second.filesystem.read('/volumes/data/note')).toBe('kept');
    const stranger = await world.client(newWorkspace());
    expect(await stranger.volumes.list()).toEqual([]);
    await expect(stranger.sandboxes.create({ volumes: [{ name: 'data' }] })).rejects.toThrow('not found');
    await client.volumes.delete('data');
    await expect(client.volumes.get('data')).rejects.toMatchObject({ statusCode: 404 });
  });
});

test('boots are counted for the workspace that made them', async () => {
  const workspace = newWorkspace();
  await (await world.client(workspace)).sandboxes.create();
  const stats = await (await world.call(workspace, '/stats/boot')).json();
  expect(stats).toMatchObject({ total_samples: 1, by_mode: { cold: { count: 1 } }, recent: [{ boot_mode: 'cold' }] });
});

test.each([
  ['/sandboxes/x/lsp/python', 501],
  ['/sandboxes/x/mcp', 501],
  ['/repl/languages', 200],
  ['/lsp/languages', 200],
  ['/no-such-thing', 404],
  ['/sandboxes//exec', 404],
  ['/sandboxes/%ff', 404],
])('%s answers %i', async (path, status) => {
  expect((await world.call('', path)).status).toBe(status);
});
