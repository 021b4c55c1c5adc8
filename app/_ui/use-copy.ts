'use client';

import { useState } from 'react';
import * as words from '@/messages/ui';
import { toast } from './toast';

const SHOWN_MS = 1_600;

/** Puts a value on the clipboard; `copied` is true for the moment in which to say so. */
export function useCopy(value: string): { copied: boolean; copy: () => Promise<void> } {
  const [copied, setCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // Plain http on another host has no clipboard; the value stays selectable on the page.
      toast.error(words.copyRefused, { description: words.copyByHand });
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  }

  return { copied, copy };
}
