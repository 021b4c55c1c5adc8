import { firstStop } from '@/app/_ui/focus-beside';

const ROWS = 'main tbody tr';

/** Moves the focus to what can be pressed first in the next or previous row of the page's tables. */
export function moveRow(step: 1 | -1): boolean {
  const stops = [...document.querySelectorAll(ROWS)].map(firstStop).filter((stop) => stop !== undefined);
  const row = document.activeElement?.closest(ROWS);
  const at = stops.findIndex((stop) => stop.closest(ROWS) === row);
  const next = row && at >= 0 ? stops[at + step] : stops[step === 1 ? 0 : stops.length - 1];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}
