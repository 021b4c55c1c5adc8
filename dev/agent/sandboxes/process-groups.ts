import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import process from 'node:process';
import type { Sandbox } from '../agent';
import { processesOf } from './sandbox-processes';

/** What a command of a sandbox finds in its environment: nothing of this process, which knows passwords. */
export function environmentOf(sandbox: Sandbox): NodeJS.ProcessEnv {
  const { PATH = '/usr/local/bin:/usr/bin:/bin' } = process.env;
  const environment: Record<string, string> = {
    PATH,
    HOME: sandbox.root,
    TMPDIR: `${sandbox.root}/tmp`,
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    PANDASTACK_SANDBOX_ID: sandbox.id,
  };
  return environment as NodeJS.ProcessEnv;
}

/** Starts a program of the sandbox in a process group of its own, so that what it starts ends with it. */
export function startProcess(sandbox: Sandbox, command: string, args: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(command, args, { cwd: sandbox.root, env: environmentOf(sandbox), detached: true });
  watchGroup(sandbox, child.pid);
  child.once('exit', () => forgetEmptyGroups(sandbox));
  return child;
}

export function watchGroup(sandbox: Sandbox, pid: number | undefined): void {
  if (pid !== undefined) sandbox.groups.add(pid);
}

/** A group lives on while something a command left in the background does. */
export function forgetEmptyGroups(sandbox: Sandbox): void {
  for (const group of sandbox.groups) {
    if (!signalGroup(group, 0)) sandbox.groups.delete(group);
  }
}

/** False when nothing of the group is left. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}

export function signalSandbox(sandbox: Sandbox, signal: NodeJS.Signals): void {
  forgetEmptyGroups(sandbox);
  for (const group of sandbox.groups) signalGroup(group, signal);
  for (const pid of processesOf(sandbox)) signalProcess(pid, signal);
}

export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself.
  }
}
