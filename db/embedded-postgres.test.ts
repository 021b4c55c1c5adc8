import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { findPostmaster } from './embedded/postmaster';
import { launch, read, run, serverProcesses, stop, stopAll, supervisorProcesses, write } from './fixtures/embedded-runner';

const AS_ROOT = process.getuid?.() === 0;
// Real processes take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const LIMIT = { timeout: 30_000, interval: 20 };

let dataDir: string;
let data: string;
let seed: string;
beforeAll(async () => {
  useFolder(newFolder());
  await stop((await run(dataDir)).child);
  seed = data;
  return () => rmSync(dirname(seed), { recursive: true });
});
beforeEach(() => useFolder(newFolder()));
afterEach(async () => {
  await stopAll();
  await vi.waitUntil(() => serverProcesses(data).length === 0, LIMIT);
  rmSync(dataDir, { recursive: true, force: true });
});

test('rows outlive a stop, and a stop leaves no process, socket or lock behind', async () => {
  const first = await run(dataDir);
  expect(first).toMatchObject({ started: true, folder: data });
  await write(first.url, 1);
  await stop(first.child);
  expect(serverProcesses(data)).toEqual([]);
  expect(readdirSync(data).filter((name) => /\.(pid|sock|lock)$|^\.s\./.test(name))).toEqual([]);
  expect(await read((await run(dataDir)).url)).toEqual([1]);
});

test('a second process attaches to the running server and does not stop it', async () => {
  copySeed();
  const app = await run(dataDir);
  await write(app.url, 1);
  const command = await run(dataDir);
  expect(command.started).toBe(false);
  await write(command.url, 2);
  await stop(command.child);
  expect(await read(app.url)).toEqual([1, 2]);
});

test('kill -9 of the starter stops the server; a start right after waits for that and finds every committed row', async () => {
  copySeed();
  let rows: unknown[] = [];
  for (let round = 1; round <= 3; round++) {
    const app = await run(dataDir);
    expect(app.started).toBe(true);
    expect(await read(app.url)).toEqual(rows);
    await write(app.url, round);
    rows = [...rows, round];
    app.child.kill('SIGKILL');
  }
  await vi.waitUntil(() => serverProcesses(data).length === 0, LIMIT);
});

test('kill -9 of everything at once leaves a stale lock, which the next start clears', async () => {
  copySeed();
  const app = await run(dataDir);
  await write(app.url, 1);
  // Held still, the starter can neither let go of the server nor start another.
  app.child.kill('SIGSTOP');
  for (const pid of serverProcesses(data)) process.kill(pid, 'SIGKILL');
  app.child.kill('SIGKILL');
  expect(existsSync(join(data, 'postmaster.pid'))).toBe(true);
  expect(await read((await run(dataDir)).url)).toEqual([1]);
});

test('a lock whose process number now belongs to another program is stale', async () => {
  copySeed();
  await stop((await run(dataDir)).child);
  writeFileSync(join(data, 'postmaster.pid'), `${process.pid}\n${data}\n1\n5432\n${data}\n\n  1 1\nready\n`);
  expect((await run(dataDir)).started).toBe(true);
});

test('a server whose starter and supervisor are both gone is stopped and started anew', async () => {
  copySeed();
  const app = await run(dataDir);
  await write(app.url, 1);
  const postmaster = findPostmaster(data)?.pid;
  // The supervisor first, and its watching half with it: nothing is left that would see the starter go.
  for (const pid of supervisorProcesses(data)) process.kill(pid, 'SIGKILL');
  app.child.kill('SIGKILL');
  const next = await run(dataDir);
  expect(next.started).toBe(true);
  expect(findPostmaster(data)?.pid).not.toBe(postmaster);
  expect(await read(next.url)).toEqual([1]);
});

test('a server that dies under its starter is started again', async () => {
  copySeed();
  const app = await run(dataDir);
  await write(app.url, 1);
  process.kill(findPostmaster(data)?.pid ?? 0, 'SIGKILL');
  await vi.waitUntil(
    () =>
      read(app.url).then(
        (rows) => rows.length === 1,
        () => false,
      ),
    LIMIT,
  );
});

test('of four processes that start at once on an empty folder one starts and three attach', async () => {
  const all = await Promise.all([run(dataDir), run(dataDir), run(dataDir), run(dataDir)]);
  expect(all.map((one) => one.started).sort()).toEqual([false, false, false, true]);
  expect(readdirSync(dataDir)).toEqual(['postgres']);
});

test('a kill while the cluster is being made leaves no half of one', async () => {
  const child = launch(dataDir);
  await vi.waitUntil(() => readdirSync(dataDir).some((name) => name.includes('draft')), LIMIT);
  child.kill('SIGKILL');
  expect(existsSync(data)).toBe(false);
  expect((await run(dataDir)).started).toBe(true);
  await vi.waitUntil(() => serverProcesses(`${data}.draft`).length === 0, LIMIT);
});

test('Ctrl-C reaches the starter and not the server', async () => {
  copySeed();
  const app = await run(dataDir);
  process.kill(-(app.child.pid ?? 0), 'SIGINT');
  expect(await read(app.url)).toEqual([]);
});

test('below a long path the socket lies in the folder for temporary files', async () => {
  const above = dataDir;
  useFolder(join(above, 'x'.repeat(120)));
  mkdirSync(dataDir);
  copySeed();
  const app = await run(dataDir);
  const sockets = new URL(app.url).searchParams.get('host') ?? '';
  expect(dirname(sockets)).toBe(tmpdir());
  expect(lstatSync(sockets).mode & 0o077).toBe(0);
  await write(app.url, 1);
  expect(await read(app.url)).toEqual([1]);
  await stop(app.child);
  expect(readdirSync(sockets)).toEqual([]);
  rmSync(sockets, { recursive: true });
  dataDir = above;
});

test.runIf(AS_ROOT)(
  'below a folder that only root may enter the rows lie in /var/lib/pandastack, and a link leads there',
  async () => {
    chmodSync(dataDir, 0o700);
    const app = await run(dataDir);
    expect(app.folder).toMatch(/^\/var\/lib\/pandastack\/.+\/postgres$/);
    expect(lstatSync(data).isSymbolicLink()).toBe(true);
    await write(app.url, 1);
    await stop(app.child);
    // Opening the folder later must not lead to a second, empty database.
    chmodSync(dataDir, 0o755);
    const again = await run(dataDir);
    expect(await read(again.url)).toEqual([1]);
    await stop(again.child);
    rmSync(dirname(app.folder), { recursive: true });
  },
);

test.runIf(AS_ROOT)(
  'rows that were elsewhere and are gone stop the start: it never begins silently with an empty database',
  async () => {
    symlinkSync('/var/lib/pandastack/gone/postgres', data);
    await expect(run(dataDir)).rejects.toThrow(/points to a folder that is gone/);
  },
);

test('a folder that holds something else is refused and left alone', async () => {
  mkdirSync(data);
  writeFileSync(join(data, 'diary.txt'), 'mine');
  await expect(run(dataDir)).rejects.toThrow(/neither empty nor a database/);
  writeFileSync(join(data, 'PG_VERSION'), '15\n');
  await expect(run(dataDir)).rejects.toThrow(/made by PostgreSQL 15/);
  expect(readdirSync(data).sort()).toEqual(['PG_VERSION', 'diary.txt']);
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pandastack-pg-'));
  chmodSync(folder, 0o755);
  return folder;
}

function useFolder(folder: string): void {
  dataDir = folder;
  data = join(folder, 'postgres');
}

/** Saves the tests that are not about it the making of a cluster. */
function copySeed(): void {
  execFileSync('cp', ['-a', seed, data]);
}
