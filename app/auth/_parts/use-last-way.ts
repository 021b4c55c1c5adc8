'use client';

import { useSyncExternalStore } from 'react';

/** How somebody came in: `password`, `link`, `sso`, or `provider:github` and the like. */
export type Way = 'password' | 'link' | 'sso' | `provider:${string}`;

const KEY = 'pandastack-last-way';

/** Remembers a way in for the next visit of this browser. Does nothing where storage is forbidden. */
export function rememberWay(way: Way): void {
  try {
    window.localStorage.setItem(KEY, way);
  } catch {
    // A private window: nothing to remember, nothing to tell.
  }
}

/** The way in that worked here last; null on the server and until the page is hydrated. */
export function useLastWay(): string | null {
  return useSyncExternalStore(subscribe, read, () => null);
}

function read(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

// It changes by leaving this page only.
function subscribe(): () => void {
  return () => undefined;
}
