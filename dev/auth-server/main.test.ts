import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { AuthServer } from './start-auth-server';
import { createPerson, signIn } from './testing/start-for-test';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

async function startProcess(database: string): Promise<{ child: ChildProcess; server: AuthServer }> {
  const flags = ['--port', '0', '--smtp-port', '0', '--database', database];
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...flags], { stdio: ['ignore', 'pipe', 'ignore'] });
  if (!child.stdout) throw new Error('stdout is piped');
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, server: JSON.parse(line) };
}

it('prints one line of JSON when ready, loses nothing to kill -9, and stops on SIGTERM', async () => {
  const database = join(await mkdtemp(join(tmpdir(), 'auth-server-')), 'auth.sqlite');
  const killed = await startProcess(database);
  expect(killed.server).toMatchObject({ ready: true, url: expect.stringMatching(/^http:\/\/localhost:\d+$/) });
  expect((await createPerson(killed.server)).status).toBe(200);
  killed.child.kill('SIGKILL');
  await once(killed.child, 'exit');

  const stopped = await startProcess(database);
  expect((await signIn(stopped.server)).status).toBe(200);
  stopped.child.kill('SIGTERM');
  expect(await once(stopped.child, 'exit')).toEqual([0, null]);
}, 30_000);
