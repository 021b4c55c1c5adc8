'use client';

import { useSyncExternalStore } from 'react';

const STORED = 'pandastack:single-keys';
const listeners = new Set<() => void>();

/** Whether keys without a modifier do something (WCAG 2.1.4): kept in this browser, on until switched off. */
export function useSingleKeys(): { on: boolean; turn: (on: boolean) => void } {
  const on = useSyncExternalStore(listen, isOn, () => true);
  return { on, turn };
}

function isOn(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true; // A browser that keeps nothing.
  }
}

function turn(on: boolean): void {
  try {
    if (on) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, 'off');
  } catch {
    return;
  }
  for (const told of listeners) told();
}

function listen(told: () => void): () => void {
  listeners.add(told);
  window.addEventListener('storage', told);
  return () => {
    listeners.delete(told);
    window.removeEventListener('storage', told);
  };
}
