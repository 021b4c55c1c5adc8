import type { ExternalToast } from 'sonner';

interface Toast {
  kind: 'success' | 'error';
  text: string;
  options: ExternalToast | undefined;
}

const WAITING = 'pandastack:toast';
const waiting: Toast[] = [];
let atHand = false;
let onMore: () => void = () => {};

function put(kind: Toast['kind']) {
  return (text: string, options?: ExternalToast): void => {
    waiting.push({ kind, text, options });
    onMore();
  };
}

/** Tells what came of an action in a corner of the page: `toast.success('…', { action: { label: 'Undo', onClick } })`. */
export const toast = { success: put('success'), error: put('error') };

/** Has the corner of the page stand there before the first toast: a region that comes with its words is not read out. */
export function haveToastsAtHand(): void {
  atHand = true;
  onMore();
}

/** For what ends in a whole new page: says it there. */
export function toastOnNextPage(text: string): void {
  sessionStorage.setItem(WAITING, text);
}

/** For the toaster: what waits to be shown, taken; `listener` hears when there is more. */
export function takeToasts(listener: () => void): Toast[] {
  onMore = listener;
  return waiting.splice(0);
}

/** For the toaster: calls `listener` when there is something to show, at once for what the page before left. */
export function awaitToasts(listener: () => void): void {
  onMore = listener;
  const left = sessionStorage.getItem(WAITING);
  sessionStorage.removeItem(WAITING);
  if (left !== null) toast.success(left);
  else if (atHand || waiting.length > 0) listener();
}
