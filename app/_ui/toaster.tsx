'use client';

import { useTheme } from 'next-themes';
import { Toaster as Sonner } from 'sonner';

export { toast } from 'sonner';

/** Mounted once by the root layout; call `toast.success('…')`, or `toast('…', { action: { label: 'Undo', onClick } })`. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
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
