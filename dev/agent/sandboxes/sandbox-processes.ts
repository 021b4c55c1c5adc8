import { readdirSync, readFileSync } from 'node:fs';
import type { Sandbox } from '../agent';

/**
 * Every process of the sandbox, those too that left its process groups (a shell's jobs, setsid): each carries the sandbox's id in its
 * environment. Linux alone can tell; elsewhere there are only the groups.
 */
export function processesOf({ id }: Pick<Sandbox, 'id'>): number[] {
  return processesWith('PANDASTACK_SANDBOX_ID', id);
}

/** Those that were started with this variable. */
export function processesWith(name: string, value: string): number[] {
  if (process.platform !== 'linux') return [];
  const mark = `${name}=${value}\0`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && read(`/proc/${name}/environ`).includes(mark))
    .map(Number);
}

export interface ProcessUse {
  /** In hundredths of a second. */
  ticks: number;
  threads: number;
  virtualBytes: number;
  residentPages: number;
}

/** What a process uses by proc(5); undefined once it is gone. */
export function useOf(pid: number): ProcessUse | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (!stat) return undefined;
  // The name before it may hold spaces.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user = 0, system = 0] = fields.slice(11, 13);
  const [threads = 0, , , virtualBytes = 0, residentPages = 0] = fields.slice(17, 22);
  return { ticks: user + system, threads, virtualBytes, residentPages };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // Gone meanwhile, or another user's.
  }
}
