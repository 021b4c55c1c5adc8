import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockDataDir } from './data-dir-lock';

function dataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const HOLDER = `
  import { lockDataDir } from ${JSON.stringify(join(import.meta.dirname, 'data-dir-lock.ts'))};
  lockDataDir(process.argv[1]);
  globalThis.gc(); // Nobody kept what it returned.
  await new Promise((resolve) => setImmediate(resolve));
  globalThis.gc();
  console.log('held');
  setInterval(() => {}, 1000);
`;

async function otherHolder(folder: string) {
  const holder = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', HOLDER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  return holder;
}

describe('the lock of a data folder', () => {
  it('is held by one process, which the refusal names', async () => {
    const folder = dataDir();
    const holder = await otherHolder(folder);
    expect(() => lockDataDir(folder)).toThrow(`already running (pid ${holder.pid}) on the data folder ${folder}`);
  });

  it('is held once within a process too', () => {
    const folder = dataDir();
    onTestFinished(lockDataDir(folder));
    expect(() => lockDataDir(folder)).toThrow('already running');
  });

  it('is free again once released', () => {
    const folder = dataDir();
    lockDataDir(folder)();
    lockDataDir(folder)();
  });

  it('of a process that was killed is taken over', async () => {
    const folder = dataDir();
    const holder = await otherHolder(folder);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    lockDataDir(folder)();
  });
});
