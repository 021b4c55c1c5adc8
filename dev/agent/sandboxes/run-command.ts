import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import type { Sandbox } from '../agent';
import { signalGroup, startProcess } from './process-groups';

/** How long the output is waited for that a command's children in the background may still hold open. */
const LEFT_OPEN_MS = 250;
const STREAMS = ['stdout', 'stderr'] as const;
const SIGNAL_EXIT = 128 + 9;

type Stream = (typeof STREAMS)[number];

interface Command {
  cmd: string;
  /** What it reads; nothing by default. */
  input?: string;
  /** Without one it runs until it ends. */
  timeoutSeconds: number | undefined;
  /** Its caller has left. */
  signal: AbortSignal;
  /** Output is read on once this resolves, so that a slow reader slows the command down. */
  onChunk: (stream: Stream, chunk: string) => Promise<void> | void;
}

/** Runs a command to its end and returns its exit code. Throws when its time is over or its caller left; its processes are ended then. */
export async function runCommand(
  sandbox: Sandbox,
  { cmd, input = '', timeoutSeconds, signal, onChunk }: Command,
): Promise<number> {
  await sandbox.resumed?.promise;
  signal.throwIfAborted();
  const child = startProcess(sandbox, '/bin/sh', ['-c', cmd]);
  child.stdin.on('error', () => {}); // It did not want to read all of it.
  child.stdin.end(input);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const closed = once(child, 'close');
  const cut = new AbortController();
  const end = (reason: string) => {
    cut.abort(new Error(reason));
    if (child.pid) signalGroup(child.pid, 'SIGKILL');
  };
  const timer = timeoutSeconds && setTimeout(() => end('command timeout: context deadline exceeded'), timeoutSeconds * 1_000);
  const finished = new AbortController();
  signal.addEventListener('abort', () => end('context canceled'), { signal: finished.signal });
  void appendFile(sandbox.console, `$ ${cmd}\n`);
  const pumps = STREAMS.map((name) => {
    return pump(child[name], async (chunk) => {
      await appendFile(sandbox.console, chunk).catch(() => {});
      if (!cut.signal.aborted) await onChunk(name, chunk);
    });
  });
  const [code] = await ended;
  if (timer) clearTimeout(timer);
  const leftOpen = child.pid !== undefined && signalGroup(child.pid, 0);
  const read = Promise.all([closed, ...pumps]);
  await (leftOpen ? Promise.race([read, new Promise((resolve) => setTimeout(resolve, LEFT_OPEN_MS))]) : read);
  finished.abort(); // What it left in the background goes on when its caller goes.
  cut.signal.throwIfAborted();
  return code ?? SIGNAL_EXIT;
}

/** Whole characters only, however the bytes were cut. */
async function pump(stream: NodeJS.ReadableStream, use: (chunk: string) => Promise<void>): Promise<void> {
  const decoder = new StringDecoder('utf8');
  for await (const chunk of stream) {
    const decoded = decoder.write(chunk as Buffer);
    if (decoded) await use(decoded);
  }
  const rest = decoder.end();
  if (rest) await use(rest);
}
