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
  const connection = await holdConnection(options.databaseUrl);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'pandastack-agent-')));
  const server = createServer({ requestTimeout: 0 });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const agent = newAgent(options, { connection, folder, server });
  server.on('request', (request, response) => void serve(agent, request, response));
  server.on('upgrade', (request, socket, head) => void upgrade(agent, request, socket, head));
  const endConnections = rememberConnections(server);
  await clearLeases(agent);
  const quiet = await announce(agent);
  const idle = keepHouse(agent);
  agent.log(`${agent.id} at ${agent.endpoint}: ${WARNING}`);
  const stop = async () => {
    quiet();
    idle();
    await closeServer(server, endConnections);
    await leave(agent);
    await connection.release();
  };
  return { id: agent.id, endpoint: agent.endpoint, stop };
}

interface Parts {
  connection: HeldConnection;
  folder: string;
  server: Server;
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

/** Node lets go of a connection that became a WebSocket; here every one ends with the agent. */
function rememberConnections(server: Server): () => void {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return () => {
    for (const socket of open) socket.destroy();
  };
}

async function closeServer(server: Server, endConnections: () => void): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  endConnections();
  await closed;
}

/** Its sandboxes end with it, so nothing may lead to them any more. */
async function leave(agent: Agent): Promise<void> {
  await drain(agent);
  for (const sandbox of agent.sandboxes.values()) {
    await endSandbox(sandbox);
    await recordUsage(agent, sandbox, 'stopped');
  }
  agent.sandboxes.clear();
  await Promise.all(agent.writing);
  await clearLeases(agent);
  await rm(agent.folder, { recursive: true, force: true });
}
