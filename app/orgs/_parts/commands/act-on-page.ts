import { moveRow } from './move-row';
import type { SingleAct } from './shortcuts';

/** Does on the page around what a single key means; false where the page has nothing of the kind. */
export function actOnPage(act: SingleAct): boolean {
  switch (act) {
    case 'next-row':
      return moveRow(1);
    case 'previous-row':
      return moveRow(-1);
    case 'create':
      return press(marked('create'));
    case 'filter':
      return focus(marked('filter'));
    case 'help':
      return false;
  }
}

function marked(shortcut: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`main [data-shortcut="${shortcut}"]:not(:disabled)`);
}

function press(element: HTMLElement | null): boolean {
  // Focused first: the dialog it opens gives the focus back to it.
  element?.focus();
  element?.click();
  return element !== null;
}

function focus(element: HTMLElement | null): boolean {
  element?.focus();
  if (element instanceof HTMLInputElement) element.select();
  return element !== null;
}
