type Phase = 'starting' | 'serving' | 'draining';

const holder = globalThis as typeof globalThis & { __pandastackPhase?: Phase };

/** True from startStarting() until startServing(): this process answers probes and nothing else yet. */
export function isStarting(): boolean {
  return holder.__pandastackPhase === 'starting';
}

/** True once this process was told to end: it finishes what it has and wants nothing new. */
export function isDraining(): boolean {
  return holder.__pandastackPhase === 'draining';
}

export function startStarting(): void {
  holder.__pandastackPhase ??= 'starting';
}

/** A process told to end while it started goes on ending. */
export function startServing(): void {
  if (!isDraining()) holder.__pandastackPhase = 'serving';
}

export function startDraining(): void {
  holder.__pandastackPhase = 'draining';
}
