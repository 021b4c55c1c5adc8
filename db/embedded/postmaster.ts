import { readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';

/** A postmaster.pid left empty by a power cut is stale after this long; Postgres writes its own at once. */
const EMPTY_FILE_STALE_MS = 5_000;

export interface Postmaster {
  pid: number;
  /** It answers queries: neither recovering nor stopping. */
  ready: boolean;
}

/** The server that runs on this folder, read from Postgres' own lock file; undefined when none does. */
export function findPostmaster(data: string): Postmaster | undefined {
  const file = join(data, 'postmaster.pid');
  const lines = readIfThere(file)?.split('\n');
  if (!lines) return undefined;
  const pid = Math.abs(Number(lines[0]));
  if (!pid) return emptyLockFile(file);
  if (!isAlive(pid)) return undefined;
  if (isAnotherProgram(pid)) {
    // The number was given to another process after a crash; Postgres itself would refuse to start.
    rmSync(file, { force: true });
    return undefined;
  }
  return { pid, ready: lines[7]?.trim() === 'ready' };
}

function emptyLockFile(file: string): Postmaster | undefined {
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (age < EMPTY_FILE_STALE_MS) return { pid: 0, ready: false };
  rmSync(file, { force: true });
  return undefined;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

// Only Linux tells without another program's help; elsewhere Postgres' own check must do.
function isAnotherProgram(pid: number): boolean {
  const command = readIfThere(`/proc/${pid}/cmdline`);
  return command !== undefined && command !== '' && !command.includes('postgres');
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return undefined;
    throw error;
  }
}

/** Whether somebody listens behind a unix socket's file: a killed process leaves the file, not the listener. */
export function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => {
      const code = 'code' in error ? error.code : '';
      resolve(code !== 'ENOENT' && code !== 'ECONNREFUSED');
    });
  });
}
