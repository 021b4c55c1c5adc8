'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** Whether the page's script is at work: before that a click on a button of its own would be lost. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
