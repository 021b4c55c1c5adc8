import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { type Place, SERVER_ENVIRONMENT } from './place';
import { findPostmaster } from './postmaster';

const LOG_LIMIT_BYTES = 5_000_000;
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;
const POLL_MS = 10;

// Holds a pipe from whoever started the server and stops Postgres (SIGINT: fast shutdown) when the pipe closes,
// so a `kill -9` of the starter takes the server with it. Repeated because Postgres is deaf in its first moments.
const SUPERVISOR = `
exec 3<&0 </dev/null
"$@" 3<&- >&2 & server=$!
echo $server
( read -r _ <&3; while kill -INT $server 2>/dev/null; do sleep 1; done ) >/dev/null & watcher=$!
wait $server; status=$?
kill $watcher 2>/dev/null
exit $status
`;

export interface SupervisedServer {
  pid: number;
  exited: Promise<void>;
  stop(): Promise<void>;
}

/** Starts Postgres on its folder; undefined when another process was faster. */
export async function startServer(place: Place, settings: Record<string, string>): Promise<SupervisedServer | undefined> {
  const log = openLog(place.data);
  const child = spawnServer(place, settings, log.descriptor);
  closeSync(log.descriptor);
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const pid = await readPid(child);
  const deadline = Date.now() + START_LIMIT_MS;
  while (child.exitCode === null && Date.now() < deadline) {
    const postmaster = findPostmaster(place.data);
    if (postmaster?.pid === pid && postmaster.ready) return { pid, exited, stop: () => stopServer(child, exited, pid) };
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  child.stdin?.end();
  const said = readFileSync(/* turbopackIgnore: true */ log.file, 'utf8').slice(log.begin).trim();
  if (child.exitCode !== null && said.includes('lock file "postmaster.pid" already exists')) return undefined;
  throw new Error(
    `The built-in PostgreSQL did not start on ${place.data}. It said (${log.file}): ${said.slice(-1500) || 'nothing'}`,
  );
}

function spawnServer({ data, sockets, bin, identity }: Place, settings: Record<string, string>, log: number): ChildProcess {
  const fixed = {
    listen_addresses: '',
    unix_socket_permissions: '0700',
    timezone: 'UTC',
    log_timezone: 'UTC',
    shared_buffers: '32MB',
  };
  const flags = Object.entries({ ...fixed, max_connections: '60', ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const command = [join(bin, 'postgres'), '-D', data, '-k', sockets, '-p', '5432', ...flags];
  const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'pandastack-postgres', ...command], {
    ...identity,
    cwd: data,
    // Its own group: Ctrl-C in a terminal must not stop the database before the app has drained.
    detached: true,
    stdio: ['pipe', 'pipe', log],
    env: SERVER_ENVIRONMENT,
  });
  child.stdin?.on('error', () => {});
  return child;
}

async function readPid(child: ChildProcess): Promise<number> {
  const line = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(''));
    child.stdout?.once('data', (chunk) => resolve(String(chunk)));
  });
  child.stdout?.destroy();
  child.unref();
  unrefStream(child.stdin);
  return Number(line);
}

// A forgotten server must not keep a finished command from ending; the pipe then closes and stops it.
function unrefStream(stream: unknown): void {
  if (stream instanceof Object && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
}

async function stopServer(child: ChildProcess, exited: Promise<void>, pid: number): Promise<void> {
  child.ref();
  child.stdin?.end();
  const impatient = setTimeout(() => process.kill(pid, 'SIGQUIT'), STOP_LIMIT_MS);
  await exited;
  clearTimeout(impatient);
}

function openLog(data: string): { file: string; descriptor: number; begin: number } {
  const file = join(data, 'server.log');
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return { file, descriptor: openSync(file, 'a', 0o600), begin: size > LOG_LIMIT_BYTES ? 0 : size };
}
