'use client';

import { Pause, Play, WrapText } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { cn } from '@/app/_ui/class-names';
import { Input } from '@/app/_ui/input';
import { Note } from '@/app/_ui/note';
import * as words from '@/messages/sandbox-logs';
import { type LogLine, useLogs } from './use-logs';

/** The sandbox's log, growing. */
export function Logs({ orgId, sandboxId }: { orgId: string; sandboxId: string }) {
  const [round, setRound] = useState(0);
  const [paused, setPaused] = useState(false);
  const [wraps, setWraps] = useState(true);
  const [search, setSearch] = useState('');
  const { lines, state, error } = useLogs({ orgId, sandboxId, round, paused });
  const wanted = search.toLowerCase();
  const shown = wanted === '' ? lines : lines.filter(({ text }) => text.toLowerCase().includes(wanted));
  const told = paused && state === 'following' ? words.paused : words.states[state];
  return (
    <section aria-label={words.sectionLabel} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={search}
          onValue={setSearch}
          className="w-56 max-sm:w-full"
        />
        <Button onClick={() => setPaused(!paused)} aria-pressed={paused}>
          {paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />} {paused ? words.goOn : words.pause}
        </Button>
        <Button
          variant="ghost"
          aria-pressed={wraps}
          onClick={() => setWraps(!wraps)}
          className="aria-pressed:bg-hover aria-pressed:text-ink"
        >
          <WrapText aria-hidden="true" /> {words.wrap}
        </Button>
        <span role="status" className="ml-auto text-muted text-sm">
          {wanted === '' ? told : words.stateAndFound(told, shown.length, lines.length)}
        </span>
      </div>
      <Lines lines={shown} wraps={wraps} follows={!paused} />
      {state === 'ended' && (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Note tone={error ? 'warn' : 'neutral'} role="status" title={error?.message ?? words.ended} className="flex-1">
            {error?.hint}
          </Note>
          <Button variant="primary" onClick={() => setRound(round + 1)}>
            {words.followAgain}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Stays at its end while one stands there, and where one has scrolled to otherwise. */
function Lines({ lines, wraps, follows }: { lines: readonly LogLine[]; wraps: boolean; follows: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines move the end
  useEffect(() => {
    if (box.current && atEnd.current && follows) box.current.scrollTop = box.current.scrollHeight;
  }, [lines, follows]);

  return (
    <div
      ref={box}
      role="log"
      aria-label={words.linesLabel}
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
      className="h-[max(20rem,calc(100dvh-22rem))] overflow-auto rounded-lg border bg-surface py-2 font-mono text-xs leading-5"
    >
      {lines.length === 0 && <p className="px-4 py-6 text-center font-sans text-faint text-sm">{words.none}</p>}
      {lines.map(({ number, text }) => (
        <div
          key={number}
          className={cn('px-3 hover:bg-canvas', wraps ? 'wrap-anywhere whitespace-pre-wrap' : 'w-max whitespace-pre')}
        >
          {text || ' '}
        </div>
      ))}
    </div>
  );
}
