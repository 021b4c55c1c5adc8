'use client';

import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import * as words from '@/messages/ui';
import { Button } from './button';
import { cn } from './class-names';

interface DialogProps {
  title: ReactNode;
  description?: ReactNode;
  /** The button that opens it; leave out and drive `open` yourself. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
  children?: ReactNode;
  /** False while something must not be lost (a secret shown once): Escape and the backdrop do nothing. */
  dismissable?: boolean;
  /** The title is spoken only and the content touches the border: for what brings a head of its own. */
  bare?: boolean;
  /** After it has closed and the focus is back where it was. */
  onClosed?: () => void;
}

export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  className,
  children,
  dismissable = true,
  bare = false,
  onClosed,
}: DialogProps) {
  const focusedBefore = useRef<HTMLElement | null>(null);
  const keepOpen = dismissable ? undefined : (event: Event) => event.preventDefault();

  function closed(event: Event) {
    // Radix gives the focus back to a trigger alone.
    if (!trigger) {
      event.preventDefault();
      focusedBefore.current?.focus();
    }
    onClosed?.();
  }

  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>}
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 animate-appear bg-overlay" />
        <Primitive.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={() => {
            focusedBefore.current = opener();
          }}
          onCloseAutoFocus={closed}
          onEscapeKeyDown={keepOpen}
          onInteractOutside={keepOpen}
          className={cn(
            'fixed inset-x-3 top-[max(5dvh,12px)] z-50 mx-auto flex animate-rise flex-col overflow-hidden rounded-xl border bg-surface shadow-lift outline-none sm:top-[14dvh] base:max-h-[90dvh] base:max-w-md base:sm:max-h-[76dvh]',
            className,
          )}
        >
          {bare ? (
            <Primitive.Title className="sr-only">{title}</Primitive.Title>
          ) : (
            <Head title={title} description={description} closable={dismissable} />
          )}
          <div className={bare ? 'contents' : 'overflow-y-auto px-5 pt-4 pb-5'}>{children}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** What has the focus; for an item of a menu, which is about to go, the button that opened the menu. */
function opener(): HTMLElement | null {
  const focused = document.activeElement;
  const menuButton = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return menuButton ? document.getElementById(menuButton) : focused instanceof HTMLElement ? focused : null;
}

function Head({ title, description, closable }: { title: ReactNode; description: ReactNode; closable: boolean }) {
  return (
    <header className="flex items-start justify-between gap-4 px-5 pt-4">
      <div className="min-w-0">
        <Primitive.Title className="wrap-anywhere font-semibold text-lg">{title}</Primitive.Title>
        {description && (
          <Primitive.Description className="mt-1 text-pretty text-muted text-sm">{description}</Primitive.Description>
        )}
      </div>
      {closable && (
        <Primitive.Close asChild>
          <Button variant="ghost" size="icon-sm" aria-label={words.close} className="-mr-2">
            <X aria-hidden="true" />
          </Button>
        </Primitive.Close>
      )}
    </header>
  );
}

/** Closes the dialog around it: `<DialogClose><Button>Cancel</Button></DialogClose>`. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <Primitive.Close asChild>{children}</Primitive.Close>;
}

/** The row of buttons at a dialog's end. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>;
}
