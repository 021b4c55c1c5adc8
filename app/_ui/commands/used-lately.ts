const STORED = 'pandastack:commands';
const MOST = 5;

/** The ids of what was chosen in the palette of this browser, newest first. */
export function usedLately(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function noteUse(id: string): void {
  localStorage.setItem(STORED, JSON.stringify([id, ...usedLately().filter((other) => other !== id)].slice(0, MOST)));
}
