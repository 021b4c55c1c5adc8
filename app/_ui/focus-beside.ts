const ROW = 'tr, li';
const REACHABLE = 'a[href], button:not(:disabled), summary';

/** What can be pressed first in a row of a table or list. */
export function firstStop(row: Element): HTMLElement | undefined {
  return [...row.querySelectorAll<HTMLElement>(REACHABLE)].find((element) => element.checkVisibility());
}

/** Moves the focus off what goes: into the next row, else the one before, else to the heading above. It must not fall to the page's begin. */
export function focusBeside(leaving: Element): void {
  const row = leaving.closest(ROW) ?? leaving;
  const rows = [...(row.parentElement?.children ?? [])];
  const at = rows.indexOf(row);
  const nearest = [...rows.slice(at + 1), ...rows.slice(0, at).reverse()];
  const stop = nearest.map(firstStop).find((found) => found !== undefined);
  if (stop) stop.focus();
  else focusHeadingAbove(row);
}

function focusHeadingAbove(place: Element): void {
  const above = [...document.querySelectorAll<HTMLElement>('main h1, main h2')].filter(
    (heading) => heading.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const heading = above.at(-1);
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
