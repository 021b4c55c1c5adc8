'use client';

import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { Toaster as Sonner, toast } from 'sonner';

export { toast } from 'sonner';

const WAITING = 'pandastack:toast';

/** For what ends in a whole new page: says it there. */
export function toastOnNextPage(message: string): void {
  sessionStorage.setItem(WAITING, message);
}

/** Mounted once by the root layout; call `toast.success('…')`, or `toast('…', { action: { label: 'Undo', onClick } })`. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  useEffect(() => {
    const message = sessionStorage.getItem(WAITING);
    if (message === null) return;
    sessionStorage.removeItem(WAITING);
    toast.success(message);
  }, []);
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      closeButton
      toastOptions={{
        classNames: {
          toast: '!rounded-lg !border-line !bg-surface !font-sans !text-ink !shadow-lift',
          description: '!text-muted',
          actionButton: '!rounded-md !bg-accent !text-on-accent',
          closeButton: '!border-line !bg-surface !text-muted',
        },
      }}
    />
  );
}
