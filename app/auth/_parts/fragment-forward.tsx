'use client';

import { useEffect } from 'react';
import { readFragment } from './fragment';

/** An error that stands only behind the # never reached the server; this brings it to /auth/callback, which knows the words. */
export function FragmentForward({ next }: { next: string }) {
  useEffect(() => {
    const fragment = readFragment(window.location.hash);
    if (fragment.kind !== 'error') return;
    window.location.replace(`/auth/callback?${fragment.query}&next=${encodeURIComponent(next)}#`);
  }, [next]);
  return null;
}
