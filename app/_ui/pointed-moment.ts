'use client';

import { useSyncExternalStore } from 'react';

let pointed: number | null = null;
const readers = new Set<() => void>();

/** Points at a moment in every chart of the page; null at none. In milliseconds since 1970. */
export function pointAt(moment: number | null): void {
  if (moment === pointed) return;
  pointed = moment;
  for (const read of readers) read();
}

/** The moment somebody points at in one of the page's charts. */
export function usePointedMoment(): number | null {
  return useSyncExternalStore(
    subscribe,
    () => pointed,
    () => null,
  );
}

function subscribe(read: () => void): () => void {
  readers.add(read);
  return () => {
    readers.delete(read);
    // The next page begins with nothing pointed at.
    if (readers.size === 0) pointed = null;
  };
}
