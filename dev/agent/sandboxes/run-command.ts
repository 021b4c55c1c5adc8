import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import type { Sandbox } from '../agent';
import { signalGroup, startProcess } from './process-groups';

/** For so long must the output of a command that ended be silent to be whole, when something in the background still holds it open. */
const SILENCE_MS = 250;
/** When nothing is known that does. */
const LONG_SILENCE_MS = 5_000;
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
  const progress = { chunks: 0, busy: 0 };
  const pumps = STREAMS.map((name) =>
    pump(child[name], async (chunk) => {
      progress.busy += 1;
      await appendFile(sandbox.console, chunk).catch(() => {});
      if (!cut.signal.aborted) await onChunk(name, chunk);
      progress.busy -= 1;
      progress.chunks += 1;
    }),
  );
  const [code] = await ended;
  if (timer) clearTimeout(timer);
  const leftOpen = child.pid !== undefined && signalGroup(child.pid, 0);
  await untilSilent(Promise.all([closed, ...pumps]), progress, leftOpen ? SILENCE_MS : LONG_SILENCE_MS);
  finished.abort(); // What it left in the background goes on when its caller goes.
  cut.signal.throwIfAborted();
  return code ?? SIGNAL_EXIT;
}

/** Until all is read, or nothing has come for so long although its reader would have taken it. */
async function untilSilent(
  read: Promise<unknown>,
  progress: { chunks: number; busy: number },
  milliseconds: number,
): Promise<void> {
  let over = false;
  const whole = read.then(() => {
    over = true;
  });
  while (!over) {
    const { chunks } = progress;
    await Promise.race([whole, pause(milliseconds, undefined, { ref: false })]);
    await turn(); // What lay in the pipe while this process had no time for it.
    if (progress.chunks === chunks && progress.busy === 0) return;
  }
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
