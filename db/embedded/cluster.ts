import { spawn } from 'node:child_process';
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { makePrivateFolder, type Place, SERVER_ENVIRONMENT } from './place';
import { findPostmaster, isAlive } from './postmaster';

export const SERVER_USER = 'panda';
export const DATABASE_NAME = 'pandastack';
const SERVER_MAJOR = '18';
const DRAFT = '.draft-';

/** Makes the cluster unless it is there: in a folder beside it, renamed when whole, so a kill leaves no half of one. */
export async function ensureCluster(place: Place, { fsync }: Record<string, string> = {}): Promise<void> {
  removeAbandonedDrafts(place);
  if (hasCluster(place)) return;
  const draft = `${place.data}${DRAFT}${process.pid}`;
  makePrivateFolder(draft, place.identity);
  try {
    const options = ['-A', 'trust', '-U', SERVER_USER, '-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
    if (fsync === 'off') options.push('--no-sync');
    await run(place, 'initdb', ['-D', draft, ...options]);
    await run(place, 'postgres', ['--single', '-D', draft, 'postgres'], `CREATE DATABASE ${DATABASE_NAME}\n`);
    moveIntoPlace(draft, place);
  } finally {
    removeDraft(draft);
  }
}

function hasCluster({ data }: Place): boolean {
  if (!existsSync(data)) return false;
  const version = join(data, 'PG_VERSION');
  if (!existsSync(version)) {
    if (readdirSync(data).length === 0) return false;
    throw new Error(`${data} is neither empty nor a database. Nothing was changed; choose another PANDASTACK_DATA_DIR.`);
  }
  const major = readFileSync(version, 'utf8').trim();
  if (major === SERVER_MAJOR) return true;
  throw new Error(`${data} was made by PostgreSQL ${major}; this build brings ${SERVER_MAJOR}. Move the rows with pg_dump.`);
}

function moveIntoPlace(draft: string, place: Place): void {
  try {
    renameSync(draft, place.data);
  } catch (error) {
    // Another process finished its own in the meantime: that one counts.
    if (hasCluster(place)) return;
    throw error;
  }
  const parent = openSync(dirname(place.data), 'r');
  fsyncSync(parent);
  closeSync(parent);
}

function removeAbandonedDrafts({ data }: Place): void {
  const prefix = `${basename(data)}${DRAFT}`;
  for (const name of readdirSync(dirname(data))) {
    if (!name.startsWith(prefix)) continue;
    const draft = join(dirname(data), name);
    const maker = Number(name.slice(prefix.length));
    // The initdb of a killed starter ends by itself; its folder pulled away, it would leave shared memory behind.
    const inUse = (maker !== process.pid && isAlive(maker)) || findPostmaster(draft) !== undefined;
    if (!inUse) removeDraft(draft);
  }
}

// An initdb that outlives its killed starter for a moment may still write here; the next start removes the rest.
function removeDraft(draft: string): void {
  try {
    rmSync(draft, { recursive: true, force: true });
  } catch {}
}

async function run(place: Place, program: string, args: string[], input = ''): Promise<void> {
  const child = spawn(join(place.bin, program), args, { ...place.identity, cwd: '/', env: SERVER_ENVIRONMENT });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  child.stdin.end(input);
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0 || /\b(ERROR|FATAL|PANIC):/.test(output)) {
    throw new Error(`The built-in PostgreSQL could not make ${place.data}: ${program} said: ${output.trim().slice(-1500)}`);
  }
}
