import type { Command } from './command';

const MOST = 5;

/** What was opened last, newest first. Only names: what they do comes from what is offered today, so a right that ended is not kept here. */
export function readRecent(userId: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(userId)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function rememberRecent(userId: string, { id }: Command): void {
  const ids = [id, ...readRecent(userId).filter((other) => other !== id)].slice(0, MOST);
  try {
    localStorage.setItem(nameOf(userId), JSON.stringify(ids));
  } catch {
    // A browser that keeps nothing still opens everything.
  }
}

function nameOf(userId: string): string {
  return `pandastack:recent:${userId}`;
}
