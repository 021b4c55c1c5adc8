import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { findPostgresBinaries } from './binaries';

const NOBODY = 65534;
/** A home for rows and programs that lie below a folder only root may enter, such as a clone in /root: Postgres refuses to be root. */
const SYSTEM_FOLDER = '/var/lib/pandastack';
// The kernel takes 107 bytes for a socket's path, macOS 103.
const SOCKET_PATH_LIMIT = 103;
const SOCKET_NAME = '.s.PGSQL.5432';

/** All that Postgres sees of ours: the rest holds secrets, and PG* variables would change what it does. */
export const SERVER_ENVIRONMENT: NodeJS.ProcessEnv = { NODE_ENV: 'production', LC_ALL: 'C', PATH: process.env.PATH };

export interface Identity {
  uid: number;
  gid: number;
}

export interface Place {
  /** PGDATA; may not exist yet. */
  data: string;
  /** Where the unix socket lies, mode 700. */
  sockets: string;
  /** Holds `initdb` and `postgres`. */
  bin: string;
  /** Who the server runs as; undefined = whoever runs this process. */
  identity: Identity | undefined;
}

/** Where the embedded server of a data dir keeps its rows, its socket and its programs, and as whom it runs. */
export function findPlace(dataDir: string): Place {
  mkdirSync(dataDir, { recursive: true });
  const identity = process.getuid?.() === 0 ? serverIdentity(join(dataDir, 'postgres')) : undefined;
  const data = dataFolder(realpathSync(dataDir), identity);
  return { data, sockets: socketFolder(data, identity), bin: join(programs(identity), 'bin'), identity };
}

/** Postgres refuses to run as root: it runs as whoever owns the data already, else as nobody. */
function serverIdentity(data: string): Identity {
  const owner = statSync(data, { throwIfNoEntry: false });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: NOBODY, gid: NOBODY };
}

function dataFolder(dataDir: string, identity: Identity | undefined): string {
  const wanted = join(dataDir, 'postgres');
  const found = lstatSync(wanted, { throwIfNoEntry: false });
  if (found?.isSymbolicLink() && !existsSync(wanted)) {
    throw new Error(`${wanted} points to a folder that is gone. Restore it, or remove the link to begin with an empty database.`);
  }
  if (found) return reachable(realpathSync(wanted), identity);
  const elsewhere = join(SYSTEM_FOLDER, shortHash(wanted), 'postgres');
  if (!existsSync(elsewhere) && mayEnter(dataDir, identity)) return wanted;
  mkdirSync(dirname(elsewhere), { recursive: true, mode: 0o755 });
  return elsewhere;
}

/** Leaves a link in the data dir to rows that lie elsewhere; after they exist, so that a link to nothing means they were lost. */
export function linkData(dataDir: string, { data }: Place): void {
  const wanted = join(realpathSync(dataDir), 'postgres');
  if (wanted === data || lstatSync(wanted, { throwIfNoEntry: false })) return;
  try {
    symlinkSync(data, wanted);
  } catch (error) {
    // Another process made it in the meantime.
    if (!existsSync(wanted)) throw error;
  }
}

function reachable(data: string, identity: Identity | undefined): string {
  if (mayEnter(dirname(data), identity)) return data;
  throw new Error(
    `${data} holds the database, and uid ${identity?.uid} (PostgreSQL refuses to run as root) may not enter a folder above it. ` +
      `Open that folder (chmod o+x), or move PANDASTACK_DATA_DIR.`,
  );
}

// Asked of the system itself: mode bits alone would miss groups, ACLs and mount options.
function mayEnter(folder: string, identity: Identity | undefined): boolean {
  if (!identity) return true;
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
}

function socketFolder(data: string, identity: Identity | undefined): string {
  if (Buffer.byteLength(join(data, SOCKET_NAME)) <= SOCKET_PATH_LIMIT) return data;
  const owner = identity?.uid ?? process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `pandastack-${shortHash(data)}`);
  if (!existsSync(folder)) {
    mkdirSync(folder, { mode: 0o700 });
    if (identity) chownSync(folder, identity.uid, identity.gid);
  }
  const found = lstatSync(folder);
  // A folder that anyone may create is believed only when it is ours and closed to others.
  if (!found.isDirectory() || found.uid !== owner || (found.mode & 0o077) !== 0) {
    throw new Error(`${folder} belongs to somebody else. Remove it, or choose a shorter PANDASTACK_DATA_DIR.`);
  }
  return folder;
}

function programs(identity: Identity | undefined): string {
  const native = findPostgresBinaries();
  if (!identity || mayRun(native, identity)) return native;
  const { size, mtimeMs } = statSync(join(native, 'bin', 'postgres'));
  const copy = join(SYSTEM_FOLDER, `postgres-${shortHash(`${native} ${size} ${mtimeMs}`)}`);
  if (!mayRun(copy, identity)) copyPrograms(native, copy);
  if (!mayRun(copy, identity)) throw new Error(`${join(copy, 'bin', 'postgres')} does not run as uid ${identity.uid}`);
  return copy;
}

function copyPrograms(native: string, copy: string): void {
  const draft = `${copy}.${process.pid}`;
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', draft]);
  rmSync(copy, { recursive: true, force: true });
  try {
    renameSync(draft, copy);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
}

function mayRun(native: string, identity: Identity): boolean {
  return spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Makes a folder that only the server may enter. */
export function makePrivateFolder(folder: string, identity: Identity | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  if (identity) chownSync(folder, identity.uid, identity.gid);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
