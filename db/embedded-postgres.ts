import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { DATABASE_NAME, ensureCluster, SERVER_USER } from './embedded/cluster';
import { findPlace, linkData, type Place } from './embedded/place';
import { findPostmaster, isListening, type Postmaster } from './embedded/postmaster';
import { type SupervisedServer, startServer } from './embedded/supervised-server';

const PATIENCE_MS = 60_000;
/** A server whose starter is gone stops by itself within moments; after this long its supervisor must be gone too. */
const ORPHAN_MS = 5_000;
const POLL_MS = 25;
const RESTART_MS = 500;

export interface EmbeddedPostgres {
  /** `postgres://…?host=<socket folder>`, as libpq writes it. */
  url: string;
  /** Where the rows lie. */
  folder: string;
  /** False when a process of this machine had started it before; it then stops with that one. */
  started: boolean;
  stop(): Promise<void>;
}

/**
 * Runs the PostgreSQL that npm brings on `<dataDir>/postgres`, or attaches to the one running there. It listens on a unix
 * socket only and ends with this process, however that ends. Throws with the server's own words when it cannot start.
 */
export async function startEmbeddedPostgres(dataDir: string, settings: Record<string, string> = {}): Promise<EmbeddedPostgres> {
  const place = findPlace(dataDir);
  await ensureCluster(place, settings);
  linkData(dataDir, place);
  const began = Date.now();
  while (Date.now() - began < PATIENCE_MS) {
    const postmaster = findPostmaster(place.data);
    const mine = postmaster ? undefined : await becomeStarter(place, settings);
    if (mine) return mine;
    if (postmaster?.ready && (await isListening(starterSocket(place)))) return attachedTo(place);
    if (postmaster?.ready && Date.now() - began > ORPHAN_MS) stopOrphan(postmaster);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`The built-in PostgreSQL on ${place.data} neither starts nor stops. See ${join(place.data, 'server.log')}.`);
}

function attachedTo(place: Place): EmbeddedPostgres {
  return { url: urlOf(place), folder: place.data, started: false, stop: async () => {} };
}

async function becomeStarter(place: Place, settings: Record<string, string>): Promise<EmbeddedPostgres | undefined> {
  const server = await startServer(place, settings);
  if (!server) return undefined;
  const sign = await putUpSign(place);
  const stopServers = keepRunning(server, () => startServer(place, settings));
  const stop = async () => {
    sign.close();
    await stopServers();
  };
  return { url: urlOf(place), folder: place.data, started: true, stop };
}

/** Starts the server anew when it dies by itself (the kernel ran out of memory, somebody killed it); returns what ends that. */
function keepRunning(first: SupervisedServer, restart: () => Promise<SupervisedServer | undefined>): () => Promise<void> {
  let server = first;
  let wanted = true;
  const watch = async () => {
    for (;;) {
      await server.exited;
      if (!wanted) return;
      // Fails while the dead server's children still hold its memory, or while a command runs a server of its own here.
      const next = await restart().catch(() => undefined);
      if (next) server = next;
      else await new Promise((resolve) => setTimeout(resolve, RESTART_MS).unref());
      if (!wanted) await next?.stop();
    }
  };
  void watch();
  return () => {
    wanted = false;
    return server.stop();
  };
}

// While the starter lives it listens here. Others attach only then: the server of a killed starter is about to stop,
// and a process number says nothing (1 in every container, a zombie still answers).
function starterSocket(place: Place): string {
  return join(place.sockets, 'starter.sock');
}

async function putUpSign(place: Place): Promise<Server> {
  const path = starterSocket(place);
  rmSync(path, { force: true });
  const sign = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => sign.once('error', reject).listen(path, resolve));
  chmodSync(path, 0o666);
  return sign.unref();
}

function stopOrphan({ pid }: Postmaster): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It went by itself.
  }
}

function urlOf(place: Place): string {
  return `postgres://${SERVER_USER}@localhost:5432/${DATABASE_NAME}?host=${encodeURIComponent(place.sockets)}`;
}
