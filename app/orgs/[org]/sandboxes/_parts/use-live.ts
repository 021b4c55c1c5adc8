'use client';

import { useEffect, useState } from 'react';
import { type ApiError, asApiError } from '@/lib/api-client/api-error';

const LOOK_EVERY_MS = 5_000;
const LONGEST_WAIT_MS = 60_000;
/** What a person is in the middle of must not change under their hands. */
const AT_WORK = '[role="dialog"][data-state="open"], [role="menu"][data-state="open"]';

/**
 * Calls `look` every five seconds while the page is visible and no dialog is open, one call at a time. After failures it waits longer
 * and longer, spread by chance so that many pages do not come back at once. Returns what the last look failed with.
 */
export function useLive(look: () => Promise<void>): ApiError | null {
  const [failure, setFailure] = useState<ApiError | null>(null);

  useEffect(() => {
    let failures = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking = false;
    let ended = false;
    const turn = async () => {
      if (asking) return;
      clearTimeout(timer);
      asking = true;
      try {
        if (!document.querySelector(AT_WORK)) {
          await look();
          failures = 0;
          if (!ended) setFailure(null);
        }
      } catch (thrown) {
        failures += 1;
        if (!ended) setFailure(asApiError(thrown));
      } finally {
        asking = false;
        schedule();
      }
    };
    const schedule = () => {
      clearTimeout(timer);
      if (!ended && !document.hidden) timer = setTimeout(() => void turn(), waitMs(failures));
    };
    // Whoever comes back to the page sees at once what it missed.
    const onVisible = () => (document.hidden ? clearTimeout(timer) : void turn());
    schedule();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [look]);

  return failure;
}

function waitMs(failures: number): number {
  const longer = Math.min(LONGEST_WAIT_MS, LOOK_EVERY_MS * 2 ** failures);
  return failures === 0 ? LOOK_EVERY_MS : longer * (0.75 + Math.random() / 2);
}
