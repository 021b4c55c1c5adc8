'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import * as words from '@/messages/theme';
import { cn } from './class-names';
import { useHydrated } from './use-hydrated';

const THEMES = [
  { name: 'light', label: words.light, Icon: Sun },
  { name: 'dark', label: words.dark, Icon: Moon },
  { name: 'system', label: words.system, Icon: Monitor },
] as const;

/** Three states, all visible: nobody has to guess what the next click brings. */
export function ThemeToggle({ className }: { className?: string }) {
  const { theme, setTheme } = useTheme();
  const hydrated = useHydrated();
  return (
    <fieldset className={cn('inline-flex rounded-md border bg-canvas p-px', className)}>
      <legend className="sr-only">{words.title}</legend>
      {THEMES.map(({ name, label, Icon }) => (
        <button
          key={name}
          type="button"
          disabled={!hydrated}
          aria-label={label}
          title={label}
          aria-pressed={hydrated && theme === name}
          onClick={() => setTheme(name)}
          className="grid size-6 place-items-center rounded-[5px] text-faint transition-colors hover:text-ink aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:ring-1 aria-pressed:ring-line"
        >
          <Icon aria-hidden="true" className="size-3.5" />
        </button>
      ))}
    </fieldset>
  );
}
