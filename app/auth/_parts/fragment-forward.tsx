'use client';

import { useEffect } from 'react';
import { readFragment } from './fragment';

interface FragmentForwardProps {
  next: string;
  /** The query named the reason already; the fragment is the same once more. */
  known?: boolean;
}

/**
 * What stands only behind the # never reached the server, and the auth server's Site URL may be any page of ours. An error goes
 * to /auth/callback, which knows the words; tokens (an administrator's invite) to /auth/finish, which asks whose they are.
 */
export function FragmentForward({ next, known = false }: FragmentForwardProps) {
  useEffect(() => {
    const { hash, pathname, search } = window.location;
    const fragment = readFragment(hash);
    if (hash) window.history.replaceState(null, '', pathname + search);
    if (known || fragment.kind === 'none') return;
    const carried = `next=${encodeURIComponent(next)}`;
    if (fragment.kind === 'tokens') return window.location.replace(`/auth/finish?${carried}${hash}`);
    window.location.replace(`/auth/callback?${fragment.query}&${carried}`);
  }, [next, known]);
  return null;
}
