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

/** A data folder that this process cannot write to: a mistake of the configuration. */
export class DataDirUnusable extends Error {
  constructor(why: string | undefined) {
    super(
      `PANDASTACK_DATA_DIR names a folder that cannot be written to (${why})\n` +
        '      → Give it to the user that runs the service, make room on its disk, or name another folder',
    );
    this.name = 'DataDirUnusable';
  }
}

// What nobody refers to is collected, and with the file its lock would go.
const holder = globalThis as typeof globalThis & { __pandastackDataDirLocks?: Set<DatabaseSync> };

/**
 * Takes a data folder for this process until the returned function is called or the process ends, however it ends.
 * Throws DataDirInUse and leaves the holder undisturbed, and DataDirUnusable.
 */
export function lockDataDir(dataDir: string): () => void {
  const pidFile = join(dataDir, 'server.pid');
  const file = takeLock(dataDir, pidFile);
  holder.__pandastackDataDirLocks ??= new Set();
  const held = holder.__pandastackDataDirLocks.add(file);
  return () => {
    held.delete(file);
    file.close();
  };
}

function takeLock(dataDir: string, pidFile: string): DatabaseSync {
  let file: DatabaseSync | undefined;
  try {
    mkdirSync(dataDir, { recursive: true });
    // An empty SQLite file is the one way Node has to a lock that the kernel frees when its holder dies: no stale locks.
    file = new DatabaseSync(join(dataDir, 'server.lock'));
    file.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    writeFileSync(pidFile, `${process.pid}\n`);
    return file;
  } catch (error) {
    file?.close();
    const { errcode, errstr, code } = error as { errcode?: number; errstr?: string; code?: string };
    if (errcode === SQLITE_BUSY) throw new DataDirInUse(dataDir, readPid(pidFile));
    throw new DataDirUnusable(errstr ?? code);
  }
}

function readPid(pidFile: string): number | null {
  try {
    return Number.parseInt(readFileSync(pidFile, 'utf8'), 10) || null;
  } catch {
    return null;
  }
}
