'use client';

import { type ReactNode, useRef } from 'react';
import { SearchOpener } from '@/app/_ui/search-button';
import { actOnPage } from './act-on-page';
import type { Command } from './command';
import { rememberRecent } from './recent';
import type { SingleAct } from './shortcuts';
import { useSingleKeys } from './single-keys';
import type { Searched } from './use-found';
import { useKeys } from './use-keys';
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
  const { opened, open, close, isAwaited } = useParts();
  const { on: singleKeys } = useSingleKeys();
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

  function act(wanted: SingleAct): boolean {
    if (wanted !== 'help' && (actOnPage(wanted) || wanted !== 'filter')) return true;
    if (wanted === 'help') void open('help');
    else openPalette();
    return true;
  }

  function go(key: string): boolean {
    const command = commands.find((one) => one.go === key);
    if (command) run(command.effect);
    return command !== undefined;
  }

  useKeys({
    singleKeys,
    isOpen: opened?.name === 'palette',
    onPalette: opened ? close : openPalette,
    onAct: act,
    onGo: go,
    onEarly: (key) => {
      if (isAwaited('palette')) typedEarly.current += key;
      return isAwaited('palette') || isAwaited('help');
    },
  });

  return (
    <SearchOpener value={openPalette}>
      {children}
      {opened?.name === 'palette' && (
        <opened.Part
          commands={commands}
          within={within}
          userId={userId}
          typedEarly={typedEarly.current}
          onChoose={choose}
          onClose={close}
          onClosed={closed}
        />
      )}
      {opened?.name === 'help' && <opened.Part commands={commands} onClose={close} />}
    </SearchOpener>
  );
}
