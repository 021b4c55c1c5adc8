'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { cn } from './class-names';

export interface NavItem {
  href: string;
  label: string;
  icon?: ReactNode;
  /** Active only on exactly this path; for the overview, whose path every other one starts with. */
  exact?: boolean;
  /** Stands apart from those above it. */
  begins?: boolean;
  /** The key that leads there, pressed after `g`. */
  go?: string;
}

interface NavLinksProps {
  items: readonly NavItem[];
  onNavigate?: () => void;
}

export function NavLinks({ items, onNavigate }: NavLinksProps) {
  const path = usePathname();
  return (
    <ul className="flex flex-col gap-px">
      {items.map(({ href, label, icon, exact, begins }) => {
        const active = exact ? path === href : path === href || path.startsWith(`${href}/`);
        return (
          <li key={href} className={begins ? 'mt-3' : undefined}>
            <Link
              href={href}
              onClick={onNavigate}
              aria-current={active ? 'page' : undefined}
              className={cn(
                'flex h-8 items-center gap-2 rounded-md px-2 text-sm transition-colors max-lg:h-10 [&_svg]:size-4 [&_svg]:shrink-0',
                active ? 'bg-hover font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink',
              )}
            >
              {icon}
              {label}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
