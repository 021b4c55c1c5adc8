'use client';

import { type ReactNode, useRef } from 'react';
import { SearchOpener } from '@/app/_ui/search-button';
import type { Command } from './command';
import { rememberRecent } from './recent';
import { useCommandKeys } from './use-command-keys';
import type { Searched } from './use-found';
import { useParts } from './use-parts';
import { useRun } from './use-run';

interface CommandCenterProps {
  commands: readonly Command[];
  within: Searched | null;
  userId: string;
  children: ReactNode;
}

/** The keys of every signed-in page, and the two dialogs they open. */
export function CommandCenter({ commands, within, userId, children }: CommandCenterProps) {
  const parts = useParts();
  const { opened, open, close } = parts;
  const run = useRun(() => void open('help'));
  const typedEarly = useRef('');
  const chosen = useRef<Command | null>(null);

  function openPalette() {
    typedEarly.current = '';
    void open('palette');
  }

  function choose(command: Command) {
    rememberRecent(userId, command);
    chosen.current = command;
    close();
  }

  // Only now: what it opens gives the focus back to where it was before the palette.
  function closed() {
    const command = chosen.current;
    chosen.current = null;
    if (command) run(command.effect);
  }

  function onEarly(key: string) {
    typedEarly.current += key;
  }

  useCommandKeys({ commands, run, parts, openPalette, onEarly });
  const dialog = { commands, within, userId, onChoose: choose, onClose: close, onClosed: closed };
  return (
    <SearchOpener value={openPalette}>
      {children}
      {opened?.name === 'palette' && <opened.Part {...dialog} typedEarly={typedEarly.current} />}
      {opened?.name === 'help' && <opened.Part commands={commands} onClose={close} />}
    </SearchOpener>
  );
}
