import * as words from '@/messages/ui';
import { FocusBody, type FocusBodyProps } from './focus-body';
import { ThemeToggle } from './theme-toggle';
import { Wordmark } from './wordmark';

/** One task on a quiet page: sign-in, invite, messages that end a flow. */
export function FocusPage(props: FocusBodyProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center justify-between px-4 sm:px-6">
        <a href="/" aria-label={words.home} className="rounded-md">
          <Wordmark />
        </a>
        <ThemeToggle />
      </header>
      <FocusBody {...props} />
      <footer className="px-4 pb-6 text-center text-faint text-xs">
        <a href="/docs" className="rounded-sm hover:text-ink">
          {words.apiReference}
        </a>
      </footer>
    </div>
  );
}
