/** How long after the first key of two the second counts. */
const PAIR_MS = 1_500;

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** Whether keys mean text, or something else's commands, where it was pressed. */
  isTaken: boolean;
  at: number;
}

/**
 * What is meant by a key: 'mod+k', a single key, or two in a row ('g m'). Undefined for what means nothing here. Keys without a modifier are read only where
 * nothing else takes them and while `single` allows them (WCAG 2.1.4).
 */
export function keyReader(known: (keys: string) => boolean) {
  let first: { key: string; at: number } | undefined;
  return function read({ key, ctrlKey, metaKey, altKey, isTaken, at }: Press, single: boolean): string | undefined {
    const before = first && at - first.at < PAIR_MS ? first.key : undefined;
    first = undefined;
    if (ctrlKey !== metaKey && !altKey && key.toLowerCase() === 'k') return 'mod+k';
    if (ctrlKey || metaKey || altKey || isTaken || !single) return undefined;
    const pair = before && `${before} ${key}`;
    if (pair && known(pair)) return pair;
    if (known(key)) return key;
    first = { key, at };
    return undefined;
  };
}

/** Whether what has the focus takes keys for itself: fields, menus, dialogs, the terminal. */
export function takesKeys(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const taker = 'input, textarea, select, [contenteditable="true"], [role="menu"], [role="dialog"], [role="alertdialog"], .xterm';
  return (
    target.closest(taker) !== null || document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null
  );
}
