import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import type { IPty } from '@lydell/node-pty';
import type { WebSocket } from 'ws';
import { acceptWebSocket } from '../http/accept-web-socket';
import { type Call, Refusal, type Route, type SocketRoute, sandboxOf } from '../http/call';
import { environmentOf, signalGroup, signalProcess, watchGroup } from '../sandboxes/process-groups';
import { processesWith } from '../sandboxes/sandbox-processes';

/** In the environment of everything a terminal starts. */
const MARK = 'PANDASTACK_TERMINAL';
const ROWS = 24;
const COLUMNS = 80;
/** Beyond so much unsent the shell is told to wait. */
const HIGH_WATER_BYTES = 1_048_576;

export const ptySocketRoutes: SocketRoute[] = [
  ['/sandboxes/:id/exec/pty', pty],
  ['/sandboxes/:id/ssh', pty],
];

/** The same addresses without a handshake. */
export const noHandshakeRoutes: Route[] = ['exec/pty', 'exec/ws', 'ssh'].map((path) => [
  'GET',
  `/sandboxes/:id/${path}`,
  notUpgraded,
]);

function notUpgraded(call: Call): void {
  sandboxOf(call);
  throw new Refusal(400, 'websocket: the client is not using the websocket protocol');
}

/** A shell: bytes in binary frames both ways; `{ "resize": { rows, cols } }` from the caller and `{ "exit" }` to it as text. */
async function pty(call: Call, socket: Duplex, head: Buffer): Promise<void> {
  const sandbox = sandboxOf(call);
  // Loaded here, so that a machine it has no binary for lacks the terminal only.
  const { spawn } = await import('@lydell/node-pty');
  const shell = existsSync('/bin/bash') ? '/bin/bash' : '/bin/sh';
  const size = { rows: Number(call.query.get('rows')) || ROWS, cols: Number(call.query.get('cols')) || COLUMNS };
  const id = randomUUID();
  const env = { ...environmentOf(sandbox), [MARK]: id, PS1: `${sandbox.template}:\\w$ ` };
  acceptWebSocket(call, [socket, head], (client) => {
    const terminal = spawn(shell, ['-i'], { name: 'xterm-256color', cwd: sandbox.root, env, encoding: null, ...size });
    watchGroup(sandbox, terminal.pid);
    connect(client, terminal, id);
  });
}

/** Its types know strings only; bytes that are not whole characters it takes as well. */
interface Terminal extends Omit<IPty, 'write'> {
  write(data: string | Buffer): void;
}

function connect(client: WebSocket, terminal: Terminal, id: string): void {
  terminal.onData((bytes) => {
    if (client.bufferedAmount > HIGH_WATER_BYTES) terminal.pause();
    client.send(bytes, { binary: true }, () => terminal.resume());
  });
  terminal.onExit(({ exitCode }) => {
    // What the shell had begun as it was told to go has nobody left to tell it.
    if (client.readyState !== client.OPEN) for (const pid of processesWith(MARK, id)) signalProcess(pid, 'SIGHUP');
    client.send(JSON.stringify({ exit: exitCode }));
    client.close();
  });
  client.on('message', (data, binary) => hear(terminal, data as Buffer, binary));
  client.on('close', () => signalGroup(terminal.pid, 'SIGHUP'));
}

function hear(terminal: Terminal, data: Buffer, binary: boolean): void {
  const { resize, stdin } = binary ? { stdin: data } : parse(data);
  if (resize) terminal.resize(Number(resize.cols) || COLUMNS, Number(resize.rows) || ROWS);
  if (typeof stdin === 'string' || Buffer.isBuffer(stdin)) terminal.write(stdin);
}

function parse(data: Buffer): { resize?: { rows?: unknown; cols?: unknown }; stdin?: unknown } {
  try {
    return JSON.parse(String(data)) ?? {};
  } catch {
    return {};
  }
}
