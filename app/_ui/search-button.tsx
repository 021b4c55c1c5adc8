'use client';

import { Search } from 'lucide-react';
import { createContext, use } from 'react';
import * as words from '@/messages/ui';
import { cn } from './class-names';
import { useHydrated } from './use-hydrated';
import { usePlatformKey } from './use-platform-key';

/** Opens the search of everything; null where there is none. */
export const SearchOpener = createContext<(() => void) | null>(null);

interface SearchButtonProps {
  /** In place of opening it at once. */
  onPress?: (open: () => void) => void;
  /** The icon alone: where there is no room for more. */
  compact?: boolean;
  className?: string;
}

/** The visible way to the command palette, with the key that opens it. */
export function SearchButton({ onPress, compact = false, className }: SearchButtonProps) {
  const open = use(SearchOpener);
  const hydrated = useHydrated();
  const modifier = usePlatformKey();
  if (!open) return null;
  return (
    <button
      type="button"
      disabled={!hydrated}
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={() => (onPress ? onPress(open) : open())}
      className={cn(
        'flex h-8 min-w-0 items-center gap-2 rounded-md px-2 text-left text-muted text-sm hover:bg-hover hover:text-ink max-lg:h-10',
        compact ? 'shrink-0' : 'w-full',
        className,
      )}
    >
      <Search aria-hidden="true" className="size-4 shrink-0" />
      <span className={compact ? 'sr-only' : 'flex-1'}>{words.search}</span>
      <span aria-hidden="true" className={compact ? 'hidden' : 'text-faint text-xs max-lg:hidden'}>
        {modifier && (modifier === '⌘' ? '⌘K' : `${modifier} K`)}
      </span>
    </button>
  );
}
