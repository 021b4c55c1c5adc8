import { cp, lstat, mkdir } from 'node:fs/promises';
import type { Sandbox } from '../agent';
import { signalSandbox } from './process-groups';

/** Copies a sandbox's files while its processes stand still. What is neither file, folder nor link (a socket, a pipe) is left out. */
export async function copySandbox(sandbox: Sandbox, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  signalSandbox(sandbox, 'SIGSTOP');
  try {
    await cp(sandbox.root, folder, { recursive: true, verbatimSymlinks: true, filter: isPlain });
  } finally {
    if (sandbox.status !== 'paused') signalSandbox(sandbox, 'SIGCONT');
  }
}

async function isPlain(path: string): Promise<boolean> {
  const found = await lstat(path);
  return found.isFile() || found.isDirectory() || found.isSymbolicLink();
}
