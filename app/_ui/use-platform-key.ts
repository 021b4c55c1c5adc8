'use client';

import * as words from '@/messages/ui';
import { useHydrated } from './use-hydrated';

/** Whether ⌘ stands where other keyboards have Ctrl. Only in a browser. */
export function hasCommandKey(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

/** How this keyboard writes the modifier of commands; nothing until it is known. */
export function usePlatformKey(): string {
  return useHydrated() ? (hasCommandKey() ? '⌘' : words.controlKey) : '';
}
