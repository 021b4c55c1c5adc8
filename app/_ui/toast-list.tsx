'use client';

import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { Toaster, toast } from 'sonner';
import * as words from '@/messages/ui';
import { takeToasts } from './toast';

/** The corner of the page with its toasts. */
export function ToastList() {
  const { resolvedTheme } = useTheme();
  useEffect(show, []);
  return (
    <Toaster
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      closeButton
      containerAriaLabel={words.notifications}
      toastOptions={{
        closeButtonAriaLabel: words.closeNotification,
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

function show(): void {
  for (const { kind, text, options } of takeToasts(show)) toast[kind](text, options);
}
