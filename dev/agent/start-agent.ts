import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Agent } from './agent';
import { builtInTemplates } from './built-in-templates';
import { serve } from './http/serve';
import { upgrade } from './http/upgrade';
import { type AgentOptions, WARNING } from './options';
import { announce, drain } from './registry/announce';
import { recordUsage } from './registry/event-rows';
import { type HeldConnection, holdConnection } from './registry/hold-connection';
import { clearLeases } from './registry/leases';
import { endSandbox } from './sandboxes/delete-sandbox';
import { keepHouse } from './sandboxes/keep-house';

/** As much as the real agent reads. */
const MAX_HEADER_BYTES = 1_048_576;

export interface RunningAgent {
  id: string;
  endpoint: string;
  /** Ends its sandboxes, removes their files and says in the registry that it is gone. */
  stop(): Promise<void>;
}

/**
 * A stand-in for the program that runs sandboxes on a machine with KVM: the same routes and rows, with plain processes in a temporary
 * folder instead of virtual machines. It isolates nothing, so it listens on the loopback only.
 */
export async function startAgent(options: AgentOptions): Promise<RunningAgent> {
  const parts = await openParts(options);
  try {
    return await run(newAgent(options, parts), parts);
  } catch (error) {
    await closeParts(parts);
    throw error;
  }
}

interface Parts {
  connection: HeldConnection;
  folder: string;
  server: Server;
  /** Every connection to the server, WebSockets too, which Node itself lets go of. */
  sockets: Set<Socket>;
}

async function openParts({ databaseUrl, port = 0 }: AgentOptions): Promise<Parts> {
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 0, maxHeaderSize: MAX_HEADER_BYTES });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'pandastack-agent-')));
  return { connection: await holdConnection(databaseUrl), folder, server, sockets };
}

async function run(agent: Agent, parts: Parts): Promise<RunningAgent> {
  parts.server.on('request', (request, response) => void serve(agent, request, response));
  parts.server.on('upgrade', (request, socket, head) => void upgrade(agent, request, socket, head));
  await clearLeases(agent);
  const quiet = await announce(agent);
  const idle = keepHouse(agent);
  agent.log(`${agent.id} at ${agent.endpoint}: ${WARNING}`);
  const stop = async () => {
    await quiet();
    idle();
    await closeServer(parts);
    await leave(agent).finally(() => closeParts(parts));
  };
  let stopped: Promise<void> | undefined;
  return {
    id: agent.id,
    endpoint: agent.endpoint,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

async function closeParts(parts: Parts): Promise<void> {
  await closeServer(parts);
  await rm(parts.folder, { recursive: true, force: true, maxRetries: 3 });
  await parts.connection.release();
}

async function closeServer({ server, sockets }: Parts): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  for (const socket of sockets) socket.destroy();
  await closed;
}

function newAgent(options: AgentOptions, { connection, folder, server }: Parts): Agent {
  return {
    id: options.id ?? `agent-${randomBytes(4).toString('hex')}`,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    options,
    folder,
    database: connection.database,
    sandboxes: new Map(),
    snapshots: new Map(),
    templates: new Map(builtInTemplates().map((template) => [template.name, template])),
    builds: new Map(),
    volumes: [],
    boots: [],
    writing: new Set(),
    log: options.log ?? (() => {}),
  };
}

/** Its sandboxes end with it, whether or not the database hears of it; then nothing may lead to them any more. */
async function leave(agent: Agent): Promise<void> {
  const ended = [...agent.sandboxes.values()];
  agent.sandboxes.clear();
  for (const sandbox of ended) await endSandbox(sandbox);
  await drain(agent);
  for (const sandbox of ended) await recordUsage(agent, sandbox, 'stopped');
  await Promise.all(agent.writing);
  await clearLeases(agent);
}
