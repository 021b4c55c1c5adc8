'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { cn } from '@/app/_ui/class-names';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/audit';

const POLL_MS = 4_000;

interface LiveTailProps {
  /** The API's address of this log, filters included. */
  path: string;
  /** The event at the top of the page; null on an empty one. */
  newest: { id: string; at: Date } | null;
}

/** Looks every few seconds whether something has happened, and has the page draw itself anew when it has. */
export function LiveTail({ path, newest }: LiveTailProps) {
  const router = useRouter();
  const [live, setLive] = useState(true);
  const [news, setNews] = useState('');
  const newestId = newest?.id ?? null;
  const since = newest?.at.toISOString() ?? null;

  useEffect(() => {
    if (!live) return;
    let ended = false;
    const look = async () => {
      // Nobody looks: nothing is asked. A visible tab asks at once again.
      if (document.hidden) return;
      const fresh = await countNew(path, since, newestId);
      if (ended || fresh === 0) return;
      setNews(words.newEvents(fresh));
      router.refresh();
    };
    const timer = setInterval(() => void look(), POLL_MS);
    const onVisible = () => void look();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      ended = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [live, path, since, newestId, router]);

  return (
    <>
      <span role="status" className="sr-only">
        {news}
      </span>
      <Button variant="ghost" size="sm" aria-pressed={live} title={words.liveHint} onClick={() => setLive(!live)}>
        <span aria-hidden="true" data-mark className={cn('size-1.5 rounded-full', live ? 'bg-accent' : 'bg-line-strong')} />
        {words.live}
      </Button>
    </>
  );
}

/** An outage is no news; the page itself tells of it when it is loaded. */
async function countNew(path: string, since: string | null, newestId: string | null): Promise<number> {
  const query = new URLSearchParams({ limit: '50', ...(since === null ? {} : { from: since }) });
  try {
    const { items } = await apiFetch<{ items: { id: string }[] }>('GET', `${path}${path.includes('?') ? '&' : '?'}${query}`);
    const known = items.findIndex(({ id }) => id === newestId);
    return known === -1 ? items.length : known;
  } catch {
    return 0;
  }
}
