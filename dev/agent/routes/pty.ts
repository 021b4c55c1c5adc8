import { existsSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { acceptWebSocket } from '../http/accept-web-socket';
import { type Call, Refusal, type Route, type SocketRoute, sandboxOf } from '../http/call';
import { environmentOf, signalGroup, watchGroup } from '../sandboxes/process-groups';

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
  const env = { ...environmentOf(sandbox), PS1: `${sandbox.template}:\\w$ ` };
  const client = await acceptWebSocket(call, socket, head);
  const terminal = spawn(shell, ['-i'], { name: 'xterm-256color', cwd: sandbox.root, env, encoding: null, ...size });
  watchGroup(sandbox, terminal.pid);
  terminal.onData((bytes) => {
    if (client.bufferedAmount > HIGH_WATER_BYTES) terminal.pause();
    client.send(bytes, { binary: true }, () => terminal.resume());
  });
  terminal.onExit(({ exitCode }) => {
    client.send(JSON.stringify({ exit: exitCode }));
    client.close();
  });
  client.on('message', (data, binary) => hear(terminal, data as Buffer, binary));
  client.on('close', () => signalGroup(terminal.pid, 'SIGHUP'));
}

interface Terminal {
  write(data: string | Buffer): void;
  resize(columns: number, rows: number): void;
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
