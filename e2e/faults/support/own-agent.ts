import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { onTestFinished } from 'vitest';

export interface AgentProcess {
  url: string;
  /** As a machine goes that loses its power. */
  kill: () => Promise<void>;
  /** How many connections to it are open. */
  connections: () => Promise<number>;
}

/** Starts an agent in a process of its own, at a free port or at this one; gone when the test is. */
export async function ownAgent(port = '0'): Promise<AgentProcess> {
  const program = join(import.meta.dirname, 'agent-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, port], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const connections = async () => {
    const told = once(child, 'message') as Promise<[{ connections: number }]>;
    child.send('connections?');
    return (await told)[0].connections;
  };
  return { url, kill, connections };
}
