'use client';

import dynamic from 'next/dynamic';
import { useCallback, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Note } from '@/app/_ui/note';
import { Skeleton } from '@/app/_ui/skeleton';
import * as words from '@/messages/sandbox-terminal';
import type { TerminalState } from './connect-terminal';

// Large, and for this page alone.
const TerminalScreen = dynamic(() => import('./terminal-screen').then((module) => module.TerminalScreen), {
  ssr: false,
  loading: () => <Skeleton className="h-full w-full" />,
});

/** A shell in the sandbox. When it ends it says why, and offers another. */
export function Terminal({ orgId, sandboxId }: { orgId: string; sandboxId: string }) {
  const [round, setRound] = useState(0);
  const [state, setState] = useState<TerminalState>({ name: 'connecting' });
  const onState = useCallback((next: TerminalState) => setState(next), []);

  return (
    <section aria-label={words.sectionLabel} className="flex flex-col gap-3">
      <div className="h-[max(20rem,calc(100dvh-22rem))] overflow-hidden rounded-lg border bg-surface p-2">
        <TerminalScreen orgId={orgId} sandboxId={sandboxId} round={round} onState={onState} />
      </div>
      {state.name === 'ended' && (
        <Note tone={state.expected ? 'neutral' : 'warn'} role="status" title={state.why}>
          {state.hint}
        </Note>
      )}
      <div className="flex flex-wrap items-center justify-between gap-3 text-muted text-sm">
        <p id="leave-terminal" tabIndex={-1}>
          {words.keys((name) => (
            <kbd className="font-mono text-xs">{name}</kbd>
          ))}
        </p>
        <span className="flex items-center gap-3">
          <span role="status">
            {state.name === 'open' ? words.connected : state.name === 'connecting' ? words.connecting : ''}
          </span>
          {state.name === 'ended' && (
            <Button variant="primary" onClick={() => setRound(round + 1)}>
              {words.reconnect}
            </Button>
          )}
        </span>
      </div>
    </section>
  );
}
