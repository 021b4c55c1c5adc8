'use client';

import { Search } from 'lucide-react';
import { Button } from '../button';
import { openPalette } from './command-center';

/** The visible way to the palette, in the sidebar and, as an icon, on phones. */
export function PaletteButton({ compact = false }: { compact?: boolean }) {
  if (compact) {
    return (
      <Button variant="ghost" size="icon" aria-label="Search and do" onClick={openPalette}>
        <Search aria-hidden="true" />
      </Button>
    );
  }
  return (
    <Button onClick={openPalette} aria-keyshortcuts="Control+K Meta+K" className="justify-start font-normal base:text-muted">
      <Search aria-hidden="true" />
      <span className="flex-1 text-left text-muted">Search and do</span>
      <span aria-hidden="true" className="text-faint text-xs">
        ⌘K
      </span>
    </Button>
  );
}
