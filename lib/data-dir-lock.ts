import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';

const SQLITE_BUSY = 5;

/** Another process is at work on this data folder; `pid` is null when it has not written it down yet. */
export class DataDirInUse extends Error {
  constructor(dataDir: string, pid: number | null) {
    super(`PandaStack is already running${pid === null ? '' : ` (pid ${pid})`} on the data folder ${dataDir}`);
    this.name = 'DataDirInUse';
  }
}

// What nobody refers to is collected, and with the file its lock would go.
const holder = globalThis as typeof globalThis & { __pandastackDataDirLocks?: Set<DatabaseSync> };

/**
 * Takes a data folder for this process until the returned function is called or the process ends, however it ends.
 * Throws DataDirInUse and leaves the holder undisturbed.
 */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const pidFile = join(dataDir, 'server.pid');
  // An empty SQLite file is the one way Node has to a lock that the kernel frees when its holder dies: no stale locks.
  const file = new DatabaseSync(join(dataDir, 'server.lock'));
  try {
    file.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    throw new DataDirInUse(dataDir, readPid(pidFile));
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  holder.__pandastackDataDirLocks ??= new Set();
  const held = holder.__pandastackDataDirLocks.add(file);
  return () => {
    held.delete(file);
    file.close();
  };
}

function readPid(pidFile: string): number | null {
  try {
    return Number.parseInt(readFileSync(pidFile, 'utf8'), 10) || null;
  } catch {
    return null;
  }
}
