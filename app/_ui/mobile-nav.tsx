'use client';

import { Menu as MenuIcon, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useRef, useState } from 'react';
import * as words from '@/messages/ui';
import { Button } from './button';
import { type NavItem, NavLinks } from './nav-links';
import { SearchButton } from './search-button';
import { Wordmark } from './wordmark';

interface MobileNavProps {
  nav: readonly NavItem[];
  bottom?: ReactNode;
}

/** The sidebar as a sheet, below 1024 px. */
export function MobileNav({ nav, bottom }: MobileNavProps) {
  const [open, setOpen] = useState(false);
  const afterwards = useRef<(() => void) | null>(null);

  // One dialog after the other: the second gives the focus back to the button of this one.
  function closeBefore(next: () => void) {
    afterwards.current = next;
    setOpen(false);
  }

  function closed() {
    afterwards.current?.();
    afterwards.current = null;
  }

  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button variant="ghost" size="icon" aria-label={words.openNavigation}>
          <MenuIcon aria-hidden="true" />
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-overlay lg:hidden" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={closed}
          className="fixed inset-y-0 left-0 z-40 flex w-72 max-w-[85vw] animate-slide-in flex-col gap-3 border-r bg-canvas p-3 outline-none lg:hidden"
        >
          <Dialog.Title className="sr-only">{words.navigation}</Dialog.Title>
          <div className="flex items-center justify-between pl-1">
            <Wordmark />
            <Dialog.Close asChild>
              <Button variant="ghost" size="icon" aria-label={words.closeNavigation}>
                <X aria-hidden="true" />
              </Button>
            </Dialog.Close>
          </div>
          <SearchButton onPress={closeBefore} />
          <nav aria-label={words.main} className="flex-1 overflow-y-auto">
            <NavLinks items={nav} onNavigate={() => setOpen(false)} />
          </nav>
          {bottom}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
