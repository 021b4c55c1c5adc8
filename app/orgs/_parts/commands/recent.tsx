import { Box } from 'lucide-react';
import type { Command } from './command';
import type { Searched } from './use-found';

const MOST = 5;

/** A command by its name, which what is offered today gives its meaning; a sandbox, which only a search knows, with its address. */
interface Kept {
  id: string;
  sandbox?: { id: string; href: string };
}

/** What was opened last, newest first, as far as it is within reach today: a right that ended is not kept here. */
export function recentCommands(userId: string, commands: readonly Command[], within: Searched | null): Command[] {
  const offered = new Map(commands.map((command) => [command.id, command]));
  return readKept(userId)
    .map((kept) => offered.get(kept.id) ?? sandboxCommand(kept, within))
    .filter((command) => command !== undefined);
}

/** Addresses of people are not left behind in a browser: members are not kept. */
export function rememberRecent(userId: string, { id, group, label, effect }: Command): void {
  if (group === 'members') return;
  const kept: Kept = group === 'sandboxes' && effect.kind === 'open' ? { id, sandbox: { id: label, href: effect.href } } : { id };
  const all = [kept, ...readKept(userId).filter((other) => other.id !== id)].slice(0, MOST);
  try {
    localStorage.setItem(nameOf(userId), JSON.stringify(all));
  } catch {
    // A browser that keeps nothing still opens everything.
  }
}

function readKept(userId: string): Kept[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(userId)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isKept).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function isKept(kept: unknown): kept is Kept {
  return typeof kept === 'object' && kept !== null && 'id' in kept && typeof kept.id === 'string';
}

function sandboxCommand({ id, sandbox }: Kept, within: Searched | null): Command | undefined {
  if (!sandbox || !within?.sandboxes || !sandbox.href.startsWith(`${within.base}/sandboxes/`)) return undefined;
  const { id: label, href } = sandbox;
  return { id, group: 'sandboxes', label, icon: <Box aria-hidden="true" />, effect: { kind: 'open', href } };
}

function nameOf(userId: string): string {
  return `pandastack:recent:${userId}`;
}
