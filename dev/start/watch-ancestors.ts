import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

const POLL_MS = 1_000;
const SHELL = /^(ba|da|z)?sh$/;

/**
 * Calls back once the command that started this process is gone, even by `kill -9`: dev/with-node.mjs, which waits for us with
 * its event loop stopped, and npm above it.
 */
export function onAncestorGone(callback: () => void): void {
  const links = linksToNpm();
  const timer = setInterval(() => {
    if (links.every(({ child, parent }) => parentOf(child) === parent)) return;
    clearInterval(timer);
    callback();
  }, POLL_MS);
  timer.unref();
}

interface Link {
  child: number;
  parent: number;
}

/** us → with-node → (the shell npm uses →) npm. What started npm may come and go. */
function linksToNpm(): Link[] {
  const links: Link[] = [{ child: process.pid, parent: process.ppid }];
  if (!process.env.npm_lifecycle_event) return links;
  const above = parentOf(process.ppid);
  if (above === undefined) return links;
  links.push({ child: process.ppid, parent: above });
  const npm = SHELL.test(nameOf(above)) ? parentOf(above) : undefined;
  if (npm !== undefined) links.push({ child: above, parent: npm });
  return links;
}

function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid;
  try {
    if (process.platform !== 'linux') return Number(ps(pid, 'ppid='));
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]); // The name before it may hold spaces.
  } catch {
    return undefined;
  }
}

function nameOf(pid: number): string {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
      : (ps(pid, 'comm=').split('/').at(-1) ?? '');
  } catch {
    return '';
  }
}

function ps(pid: number, column: string): string {
  return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim();
}
