'use client';

import { actOnPage } from './act-on-page';
import type { Command, Effect } from './command';
import type { SingleAct } from './shortcuts';
import { useSingleKeys } from './single-keys';
import { useKeys } from './use-keys';
import type { useParts } from './use-parts';

interface CommandKeys {
  commands: readonly Command[];
  run: (effect: Effect) => void;
  parts: ReturnType<typeof useParts>;
  openPalette: () => void;
  /** Takes a letter meant for the palette, which is still on its way. */
  onEarly: (key: string) => void;
}

/** What the keys do to the page, to the two dialogs and to where one is. */
export function useCommandKeys({ commands, run, parts, openPalette, onEarly }: CommandKeys): void {
  const { opened, open, close, isAwaited } = parts;
  const { on: singleKeys } = useSingleKeys();

  function act(wanted: SingleAct): boolean {
    if (wanted === 'help') void open('help');
    else if (!actOnPage(wanted) && wanted === 'filter') openPalette();
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
      if (isAwaited('palette')) onEarly(key);
      return isAwaited('palette') || isAwaited('help');
    },
  });
}
