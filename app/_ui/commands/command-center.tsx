'use client';

import { type ComponentType, useEffect, useRef, useState } from 'react';
import type { KeyMapProps } from './key-map';
import type { PaletteProps } from './palette';
import { keyReader, takesKeys } from './read-keys';
import { singleKeysOn } from './single-keys';
import { type CommandSources, createHere, useCommands } from './use-commands';

const OPEN = 'pandastack:palette';

/** Opens the palette from anywhere on the page. */
export function openPalette(): void {
  window.dispatchEvent(new Event(OPEN));
}

/** Listens for the keys of a page. What they open is loaded when it is opened. */
export function CommandCenter(sources: CommandSources) {
  const commands = useCommands(sources);
  const [Palette, setPalette] = useState<ComponentType<PaletteProps> | null>(null);
  const [KeyMap, setKeyMap] = useState<ComponentType<KeyMapProps> | null>(null);
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });

  const showPalette = () => void import('./palette').then(({ Palette }) => setPalette(() => Palette));
  const showKeys = () => void import('./key-map').then(({ KeyMap }) => setKeyMap(() => KeyMap));

  // biome-ignore lint/correctness/useExhaustiveDependencies: listens once, to the newest of everything
  useEffect(() => {
    const find = (keys: string) => latest.current.find((command) => command.keys === keys)?.run;
    const own: Record<string, () => unknown> = {
      'mod+k': showPalette,
      '?': showKeys,
      '/': focusFilter,
      c: () => createHere(),
    };
    const read = keyReader((keys) => Object.hasOwn(own, keys) || find(keys) !== undefined);
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      const { key, ctrlKey, metaKey, altKey, timeStamp: at } = event;
      const keys = read({ key, ctrlKey, metaKey, altKey, at, isTaken: takesKeys(event.target) }, singleKeysOn());
      if (keys === undefined) return;
      event.preventDefault();
      (own[keys] ?? find(keys))?.();
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener(OPEN, showPalette);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener(OPEN, showPalette);
    };
  }, []);

  const { currentOrg } = sources;
  const org = currentOrg && { id: currentOrg.id, base: `/orgs/${currentOrg.slug}` };
  return (
    <>
      {Palette && <Palette commands={commands} org={org} onKeys={showKeys} onClose={() => setPalette(null)} />}
      {KeyMap && <KeyMap commands={commands} onClose={() => setKeyMap(null)} />}
    </>
  );
}

/** The first thing that narrows what the page shows. */
function focusFilter(): void {
  document.querySelector<HTMLElement>('main search input, main [type="search"], main search select')?.focus();
}
