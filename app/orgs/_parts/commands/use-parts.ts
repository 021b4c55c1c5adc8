'use client';

import { type ComponentProps, type ComponentType, useRef, useState } from 'react';
import { toast } from '@/app/_ui/toast';
import * as words from '@/messages/commands';
import type { Palette } from './palette';
import type { ShortcutsDialog } from './shortcuts-dialog';

type Opened =
  | { name: 'palette'; Part: ComponentType<ComponentProps<typeof Palette>> }
  | { name: 'help'; Part: ComponentType<ComponentProps<typeof ShortcutsDialog>> };

const LOADERS = {
  palette: async (): Promise<Opened> => ({ name: 'palette', Part: (await import('./palette')).Palette }),
  help: async (): Promise<Opened> => ({ name: 'help', Part: (await import('./shortcuts-dialog')).ShortcutsDialog }),
};

/** Which of the two dialogs is open. Each comes when it is first asked for: pages stay as small as they are. */
export function useParts() {
  const [opened, setOpened] = useState<Opened | null>(null);
  const awaited = useRef<keyof typeof LOADERS | null>(null);

  async function open(name: keyof typeof LOADERS): Promise<void> {
    if (awaited.current) return;
    awaited.current = name;
    try {
      const loaded = await LOADERS[name]();
      if (awaited.current === name) setOpened(loaded);
    } catch {
      toast.error(words.notLoaded, { description: words.notLoadedHint });
    }
    awaited.current = null;
  }

  function close(): void {
    awaited.current = null;
    setOpened(null);
  }

  return { opened, open, close, isAwaited: (name: keyof typeof LOADERS) => awaited.current === name };
}
