'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { cn } from '@/app/_ui/class-names';
import * as words from '@/messages/sandbox';

interface TabsProps {
  /** Of the first tab; the others stand below it. */
  path: string;
  tabs: readonly { segment: string; label: string }[];
}

/** Links, not tabs to a screen reader: each is a page with an address. */
export function Tabs({ path, tabs }: TabsProps) {
  const here = usePathname();
  const bar = useRef<HTMLElement>(null);

  // On a phone the bar is wider than the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another tab
  useEffect(() => {
    const active = bar.current?.querySelector<HTMLElement>('[aria-current]');
    if (bar.current && active) bar.current.scrollLeft = active.offsetLeft - bar.current.clientWidth / 2 + active.clientWidth / 2;
  }, [here]);

  return (
    <nav ref={bar} aria-label={words.tabsLabel} className="relative mb-5 flex gap-1 overflow-x-auto border-b">
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
