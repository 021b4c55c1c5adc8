'use client';

import { BookOpen, Check, Copy, LogOut, UserRound } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import * as words from '@/messages/ui';
import { cn } from './class-names';
import { EmailText } from './email-text';
import { Initial } from './initial';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from './menu';
import { useCopy } from './use-copy';
import { useHydrated } from './use-hydrated';

interface AccountMenuProps {
  email: string;
  userId: string;
  /** Stub mode has nothing to sign out of. */
  canSignOut?: boolean;
  side?: 'top' | 'bottom';
  /** More MenuItems, above "Sign out". */
  children?: ReactNode;
  className?: string;
}

/** Initial and address; id to copy; sign out as a plain form, so it works while scripts are still loading. */
export function AccountMenu({ email, userId, canSignOut = true, side = 'top', children, className }: AccountMenuProps) {
  const { copied, copy } = useCopy(userId);
  const hydrated = useHydrated();
  const trigger = (
    <button
      type="button"
      disabled={!hydrated}
      className={cn('flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-hover', className)}
    >
      <Initial of={email} round />
      {words.accountOf(
        (text) => (
          <span className="sr-only">{text}</span>
        ),
        <span className="truncate">{email}</span>,
      )}
    </button>
  );
  return (
    <Menu trigger={trigger} align="start" side={side} className="w-64">
      <MenuLabel>
        {words.signedInAs(
          <span className="mt-px block font-medium text-ink text-sm">
            <EmailText>{email}</EmailText>
          </span>,
        )}
      </MenuLabel>
      <MenuItem
        onSelect={(event) => {
          event.preventDefault();
          void copy();
        }}
      >
        {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        {copied ? words.copied : words.copyUserId}
      </MenuItem>
      <MenuItem asChild>
        <Link href="/account">
          <UserRound aria-hidden="true" /> {words.account}
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link href="/docs">
          <BookOpen aria-hidden="true" /> {words.apiReference}
        </Link>
      </MenuItem>
      {children}
      {canSignOut && (
        <>
          <MenuSeparator />
          <form method="post" action="/auth/sign-out">
            <MenuItem asChild onSelect={(event) => event.preventDefault()}>
              <button type="submit">
                <LogOut aria-hidden="true" />{' '}
                {words.signOut((text) => (
                  <span className="ml-auto text-faint text-xs">{text}</span>
                ))}
              </button>
            </MenuItem>
          </form>
        </>
      )}
    </Menu>
  );
}
