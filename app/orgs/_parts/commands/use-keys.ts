'use client';

import { useEffect, useRef } from 'react';
import { hasCommandKey } from '@/app/_ui/use-platform-key';
import { GO_PREFIX, PALETTE_KEY, type SingleAct, singleAct } from './shortcuts';

/** How long `g` waits for its second key. */
const SEQUENCE_MS = 3_000;
const DIALOG = '[role="dialog"], [role="alertdialog"]';
/** Where a key is text, or means something already. */
const TAKEN = `input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"], [role="menu"], [role="listbox"], .xterm, ${DIALOG}`;

interface KeyMap {
  /** False leaves only the palette's key. */
  singleKeys: boolean;
  /** The palette stands open, so that its key may close it. */
  isOpen: boolean;
  onPalette: () => void;
  onAct: (act: SingleAct) => boolean;
  /** Goes where `g` and this key lead; false where they lead nowhere. */
  onGo: (key: string) => boolean;
  /** Takes what is typed while a dialog is still on its way; false when none is. */
  onEarly: (key: string) => boolean;
}

/** Listens to the keys of shortcuts.ts: never in a field, a dialog, a menu or the terminal. */
export function useKeys(map: KeyMap): void {
  const latest = useRef(map);
  useEffect(() => {
    latest.current = map;
  });

  useEffect(() => {
    const read = readSequence();
    function press(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || MODIFIERS.has(event.key)) return;
      if (answer(event, { ...latest.current, followsPrefix: read(event) })) event.preventDefault();
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock']);

/** Whether a key comes right after the prefix. */
function readSequence(): (event: KeyboardEvent) => boolean {
  let prefixAt = Number.NEGATIVE_INFINITY;
  return (event) => {
    const follows = event.timeStamp - prefixAt < SEQUENCE_MS;
    const begins = event.key === GO_PREFIX && !follows && !hasModifier(event) && !isTaken(event.target);
    prefixAt = begins ? event.timeStamp : Number.NEGATIVE_INFINITY;
    return follows;
  };
}

/** True when the key was ours. */
function answer(event: KeyboardEvent, map: KeyMap & { followsPrefix: boolean }): boolean {
  const { key, target, repeat } = event;
  if (isPaletteKey(event)) {
    // In a terminal it deletes to the end of the line; over a dialog it could lose what stands there once.
    if (isIn(target, '.xterm') || (!map.isOpen && document.querySelector(DIALOG))) return false;
    map.onPalette();
    return true;
  }
  if (hasModifier(event) || isTaken(target)) return false;
  if (key.length === 1 && map.onEarly(key)) return true;
  if (!map.singleKeys) return false;
  const act = singleAct(key);
  if (repeat && act !== 'next-row' && act !== 'previous-row') return false;
  if (map.followsPrefix) return map.onGo(key);
  return act !== undefined && map.onAct(act);
}

function isPaletteKey({ key, altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (key.toLowerCase() !== PALETTE_KEY || altKey || shiftKey) return false;
  return hasCommandKey() ? metaKey && !ctrlKey : ctrlKey && !metaKey;
}

function hasModifier({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey;
}

function isTaken(target: EventTarget | null): boolean {
  return document.querySelector(DIALOG) !== null || isIn(target, TAKEN);
}

function isIn(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
