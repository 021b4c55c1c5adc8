'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/app/_ui/class-names';

interface TabsProps {
  /** Of the first tab; the others stand below it. */
  path: string;
  tabs: readonly { segment: string; label: string }[];
}

/** Links, not tabs to a screen reader: each is a page with an address. */
export function Tabs({ path, tabs }: TabsProps) {
  const here = usePathname();
  return (
    <nav aria-label="Sandbox" className="mb-5 flex gap-1 overflow-x-auto border-b">
      {tabs.map(({ segment, label }) => {
        const href = segment === '' ? path : `${path}/${segment}`;
        const active = here === href;
        return (
          <Link
            key={segment}
            href={href}
            aria-current={active ? 'page' : undefined}
            className={cn(
              '-outline-offset-2 -mb-px flex h-9 items-center whitespace-nowrap border-b-2 px-2.5 text-sm transition-colors max-sm:h-11',
              active ? 'border-accent font-medium text-ink' : 'border-transparent text-muted hover:text-ink',
            )}
          >
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
