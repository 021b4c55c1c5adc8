import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { REPLICA } from './build-replica';

export interface Replica {
  url: string;
  /** What it logged as an error: the causes of its 5xx answers. */
  errors: () => string[];
  stop: () => Promise<void>;
  kill: (signal: NodeJS.Signals) => void;
  /** Has it do something that processes suffer; resolves when it says that it did. It needs the preload of e2e/faults/support. */
  suffer: (what: object) => Promise<void>;
  /** Its exit code; null when a signal ended it. */
  exited: Promise<number | null>;
}

export interface StartingReplica extends Omit<Replica, 'url'> {
  /** Where it serves once everything is open; rejects when it ended before that. */
  ready: Promise<string>;
}

/** What its system does to a process. */
export interface Hardship {
  /** How many files it may open. */
  openFiles?: number;
  /** As another user, which takes root. */
  uid?: number;
}

/** Starts the product's API as a process of its own with this configuration and no other, and waits until it serves. */
export async function runReplica(env: Record<string, string>): Promise<Replica> {
  const replica = startReplica(env);
  return { ...replica, url: await replica.ready };
}

/** runReplica() without the waiting, for starts that take long or fail. */
export function startReplica(env: Record<string, string>, { openFiles, uid }: Hardship = {}): StartingReplica {
  const command = [process.execPath, REPLICA];
  const limited = openFiles === undefined ? command : ['sh', '-c', `ulimit -n ${openFiles} && exec "$0" "$@"`, ...command];
  const [program = '', ...args] = limited;
  const child = spawn(program, args, {
    ...(uid !== undefined && { uid, gid: uid }),
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'test',
      PANDASTACK_LOG_LEVEL: 'error',
      PORT: '0',
      HOSTNAME: '127.0.0.1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const errors: string[] = [];
  const note = (chunk: Buffer) => void errors.push(...chunk.toString().split('\n').filter(Boolean));
  child.stdout?.on('data', note);
  child.stderr?.on('data', note);
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const started = once(child, 'message') as Promise<[{ url: string }]>;
  const ready = Promise.race([started, exited.then(() => undefined)]).then((message) => {
    if (message) return message[0].url;
    throw new Error(`the replica did not start:\n${errors.join('\n')}`);
  });
  ready.catch(() => {});
  return {
    ready,
    exited,
    errors: () => errors,
    kill: (signal) => void child.kill(signal),
    suffer: async (what) => {
      const done = once(child, 'message');
      child.send(what);
      await done;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
