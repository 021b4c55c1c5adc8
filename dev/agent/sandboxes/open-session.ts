import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { ReplSession, Sandbox } from '../agent';
import { Refusal } from '../http/call';
import { kernelOf } from './kernels';
import { environmentOf, signalGroup, watchGroup } from './process-groups';

/** Starts an interpreter that lives until it is closed. Throws 400 for a language without one, and when it is not on this machine. */
export async function openSession(sandbox: Sandbox, wanted: string): Promise<ReplSession> {
  const kernel = kernelOf(wanted);
  if (!kernel) throw new Refusal(400, 'persistent sessions support python and node only');
  const { language, command, args } = kernel;
  const options = { cwd: sandbox.root, env: environmentOf(sandbox), detached: true };
  const child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
  await once(child, 'spawn').catch(() => {
    throw new Refusal(400, `start kernel: ${command} is not on this machine`);
  });
  watchGroup(sandbox, child.pid);
  const [input, stdout, stderr, answers] = child.stdio as [Writable, Readable, Readable, Readable, null];
  input.on('error', () => {});
  for (const stream of [stdout, stderr]) stream.on('data', (chunk) => void appendFile(sandbox.console, chunk).catch(() => {}));
  const ask = askOneByOne(input, answers);
  const session: ReplSession = {
    id: randomBytes(8).toString('hex'),
    language,
    createdAt: new Date(),
    cells: 0,
    process: child,
    run: (code, timeoutMs) => {
      session.cells += 1;
      return within(ask(code), timeoutMs);
    },
  };
  child.once('exit', () => sandbox.sessions.delete(session.id));
  sandbox.sessions.set(session.id, session);
  return session;
}

export function closeSession(sandbox: Sandbox, session: ReplSession): void {
  sandbox.sessions.delete(session.id);
  if (session.process.pid) signalGroup(session.process.pid, 'SIGKILL');
}

type Ask = (code: string) => Promise<Record<string, unknown>>;

/** Answers come in the order of the questions. */
function askOneByOne(input: Writable, answers: Readable): Ask {
  const waiting: PromiseWithResolvers<Record<string, unknown>>[] = [];
  const lines = createInterface({ input: answers });
  lines.on('line', (line) => waiting.shift()?.resolve(JSON.parse(line)));
  lines.on('close', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('the kernel ended'));
  });
  return (code) => {
    const question = Promise.withResolvers<Record<string, unknown>>();
    waiting.push(question);
    input.write(`${JSON.stringify({ code })}\n`);
    return question.promise;
  };
}

async function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`cell timeout after ${milliseconds}ms`)), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
