'use client';

import { LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names';
import { CopyButton } from './copy-button';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from './menu';

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
  const trigger = (
    <button
      type="button"
      aria-label={`Account of ${email}`}
      className={cn('flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-hover', className)}
    >
      <span
        aria-hidden="true"
        className="grid size-5 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-[10px] text-accent-ink uppercase"
      >
        {email.charAt(0) || '?'}
      </span>
      <span className="truncate">{email}</span>
    </button>
  );
  return (
    <Menu trigger={trigger} align="start" side={side} className="w-64">
      <MenuLabel>
        Signed in as <span className="wrap-anywhere block font-medium text-ink text-sm">{email}</span>
        <span className="mt-1 flex items-center justify-between gap-1">
          <code className="truncate font-mono text-xs">{userId}</code>
          <CopyButton value={userId} label="Copy my user id" />
        </span>
      </MenuLabel>
      {children}
      {canSignOut && (
        <>
          <MenuSeparator />
          <form method="post" action="/auth/sign-out">
            <MenuItem asChild onSelect={(event) => event.preventDefault()}>
              <button type="submit">
                <LogOut aria-hidden="true" /> Sign out
              </button>
            </MenuItem>
          </form>
        </>
      )}
    </Menu>
  );
}
