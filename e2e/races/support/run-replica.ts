import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { REPLICA } from './build-replica';

export interface Replica {
  url: string;
  /** What it logged as an error: the causes of its 5xx answers. */
  errors: () => string[];
  stop: () => Promise<void>;
}

/** Starts the product's API as a process of its own with this configuration and no other, and waits until it listens. */
export async function runReplica(env: Record<string, string>): Promise<Replica> {
  const child = spawn(process.execPath, [REPLICA], {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'test', PANDASTACK_LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const errors: string[] = [];
  const note = (chunk: Buffer) => void errors.push(...chunk.toString().split('\n').filter(Boolean));
  child.stdout?.on('data', note);
  child.stderr?.on('data', note);
  const exited = once(child, 'exit');
  const started = once(child, 'message') as Promise<[{ url: string }]>;
  const ready = await Promise.race([started, exited.then(() => undefined)]);
  if (!ready) throw new Error(`the replica did not start:\n${errors.join('\n')}`);
  return {
    url: ready[0].url,
    errors: () => errors,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
