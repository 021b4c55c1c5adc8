import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { prettyLine } from './pretty-line';

const STOP_MS = 25_000;

export interface Child<Ready> {
  name: string;
  pid: number;
  ready: Ready;
  exited: Promise<number>;
  stop(): Promise<void>;
}

interface Program {
  name: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

/**
 * Starts a program of this repository and waits for its first IPC message. The channel is also what tells the program that its
 * parent died. In a process group of its own, so that Ctrl-C reaches the parent alone and each child is told once.
 */
export async function startChild<Ready>({ name, args, env }: Program): Promise<Child<Ready>> {
  const process_ = spawn(process.execPath, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  for (const stream of [process_.stdout, process_.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => console.log(prettyLine(name, line)));
  }
  const exited = new Promise<number>((resolve) => process_.once('exit', (code) => resolve(code ?? 1)));
  const ready = await Promise.race([
    new Promise<Ready>((resolve) => process_.once('message', (message) => resolve(message as Ready))),
    exited.then((code) => Promise.reject(new ChildFailed(name, code))),
  ]);
  return { name, pid: process_.pid ?? 0, ready, exited, stop: () => stop(process_, exited) };
}

/** The program ended before it was ready; what it had to say is on the terminal already. */
export class ChildFailed extends Error {
  constructor(
    name: string,
    readonly exitCode: number,
  ) {
    super(`${name} did not start (exit code ${exitCode})`);
  }
}

async function stop(child: ChildProcess, exited: Promise<number>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(timer);
}
