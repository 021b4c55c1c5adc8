const holder = globalThis as typeof globalThis & { __pandastackDraining?: boolean };

/** True once this process was told to end: it finishes what it has and wants nothing new. */
export function isDraining(): boolean {
  return holder.__pandastackDraining ?? false;
}

export function startDraining(): void {
  holder.__pandastackDraining = true;
}
