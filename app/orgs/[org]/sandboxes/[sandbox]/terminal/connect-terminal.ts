import type { Terminal } from '@xterm/xterm';
import { asApiError } from '@/lib/api-client/api-error';
import { sandboxApi, sandboxPath } from '@/lib/api-client/sandbox-api';
import * as words from '@/messages/sandbox-terminal-end';
import { type End, endWords } from './end-words';

export type TerminalState = { name: 'connecting' } | { name: 'open' } | ({ name: 'ended' } & End);

interface Place {
  orgId: string;
  sandboxId: string;
  /** Origin of the API. */
  apiUrl: string;
}

/** Joins a terminal with a shell in the sandbox until the function it returns is called; tells how that goes. */
export function connectTerminal(place: Place, terminal: Terminal, tell: (state: TerminalState) => void): () => void {
  let left = false;
  let socket: WebSocket | undefined;
  openSocket(place, terminal).then(
    (opened) => {
      if (left) return opened.close();
      socket = opened;
      join(opened, terminal, (state) => !left && tell(state));
    },
    (thrown: unknown) => {
      const { message, hint = words.tryAgain } = asApiError(thrown);
      if (!left) tell({ name: 'ended', why: message, hint, expected: false });
    },
  );
  return () => {
    left = true;
    socket?.close();
  };
}

/** A browser cannot send its token with a WebSocket: a pass for this one goes along instead. */
async function openSocket({ orgId, sandboxId, apiUrl }: Place, { rows, cols }: Terminal): Promise<WebSocket> {
  const path = sandboxPath(sandboxId, '/tickets');
  const { ticket } = await sandboxApi<{ ticket: string }>(orgId, { method: 'POST', path, body: { path: 'exec/pty' } });
  const query = new URLSearchParams({ rows: String(rows), cols: String(cols), ticket });
  const socket = new WebSocket(`${apiUrl.replace(/^http/, 'ws')}${sandboxPath(sandboxId, '/exec/pty')}?${query}`);
  socket.binaryType = 'arraybuffer';
  return socket;
}

function join(socket: WebSocket, terminal: Terminal, tell: (state: TerminalState) => void): void {
  let exitCode: number | null = null;
  const encoder = new TextEncoder();
  const send = (data: string | Uint8Array<ArrayBuffer>) => socket.readyState === WebSocket.OPEN && socket.send(data);
  const resize = ({ rows, cols }: { rows: number; cols: number }) => send(JSON.stringify({ resize: { rows, cols } }));
  const typed = [
    terminal.onData((text) => void send(encoder.encode(text))),
    terminal.onBinary((text) => void send(Uint8Array.from(text, (character) => character.charCodeAt(0)))),
    terminal.onResize((size) => void resize(size)),
  ];
  socket.onopen = () => {
    tell({ name: 'open' });
    // It may have been drawn anew while the connection was made.
    resize(terminal);
  };
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data === 'string') exitCode = exitIn(data) ?? exitCode;
    else terminal.write(new Uint8Array(data));
  };
  socket.onclose = ({ code }) => {
    for (const one of typed) one.dispose();
    terminal.write('\r\n');
    tell({ name: 'ended', ...endWords(code, exitCode) });
  };
}

function exitIn(text: string): number | null {
  try {
    const { exit } = JSON.parse(text) as { exit?: unknown };
    return typeof exit === 'number' ? exit : null;
  } catch {
    return null;
  }
}
