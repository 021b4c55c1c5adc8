import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Sandbox } from '../agent';
import { acceptWebSocket } from '../http/accept-web-socket';
import { type Call, number, type SocketRoute, sandboxOf, text } from '../http/call';
import { runCommand } from '../sandboxes/run-command';

export const execSocketRoutes: SocketRoute[] = [['/sandboxes/:id/exec/ws', execWs]];

/** Many commands over one connection, each by the id its caller gave it: `{ id, cmd, timeout_seconds? }` or `{ id, cancel: true }`. */
function execWs(call: Call, socket: Duplex, head: Buffer): void {
  const sandbox = sandboxOf(call);
  acceptWebSocket(call, [socket, head], (client) => {
    const running = new Map<string, AbortController>();
    client.on('message', (data) => hear({ client, sandbox, running }, String(data)));
    client.on('close', () => {
      for (const command of running.values()) command.abort();
    });
  });
}

interface Connection {
  client: WebSocket;
  sandbox: Sandbox;
  running: Map<string, AbortController>;
}

function hear(connection: Connection, message: string): void {
  const asked = parse(message);
  const id = text(asked?.id);
  if (asked?.cancel === true) connection.running.get(id)?.abort();
  else if (!asked) tell(connection, { id, error: 'bad json' });
  else if (!id) tell(connection, { id, error: 'id required' });
  else if (!text(asked.cmd)) tell(connection, { id, error: 'cmd required' });
  else void run(connection, id, asked);
}

/** Resolves once the frame is on its way, so that a slow reader slows the command down. */
function tell({ client }: Connection, answer: object): Promise<void> {
  return new Promise((resolve) => client.send(JSON.stringify(answer), () => resolve()));
}

async function run(connection: Connection, id: string, asked: Record<string, unknown>): Promise<void> {
  const { sandbox, running } = connection;
  const command = new AbortController();
  running.set(id, command);
  try {
    const exit = await runCommand(sandbox, {
      cmd: text(asked.cmd),
      timeoutSeconds: number(asked.timeout_seconds),
      signal: command.signal,
      onChunk: (stream, data) => tell(connection, { id, stream, data }),
    });
    await tell(connection, { id, exit });
  } catch (error) {
    await tell(connection, { id, error: error instanceof Error ? error.message : String(error) });
  }
  running.delete(id);
}

function parse(message: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(message);
    return value && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
