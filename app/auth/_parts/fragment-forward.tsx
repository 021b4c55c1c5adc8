'use client';

import { useEffect } from 'react';
import { readFragment } from './fragment';

interface FragmentForwardProps {
  next: string;
  /** The query named the reason already; the fragment is the same once more. */
  known: boolean;
}

/** An error that stands only behind the # never reached the server; this brings it to /auth/callback, which knows the words. */
export function FragmentForward({ next, known }: FragmentForwardProps) {
  useEffect(() => {
    const fragment = readFragment(window.location.hash);
    if (window.location.hash) window.history.replaceState(null, '', window.location.pathname + window.location.search);
    if (known || fragment.kind !== 'error') return;
    window.location.replace(`/auth/callback?${fragment.query}&next=${encodeURIComponent(next)}`);
  }, [next, known]);
  return null;
}
