import * as words from '@/messages/ui';
import { FocusBody, type FocusBodyProps } from './focus-body';
import { Wordmark } from './wordmark';

/** What every page brings along for the moment it fails or is not there: made of little, and its ways out load anew. */
export function BarePage(props: FocusBodyProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center px-4 sm:px-6">
        <a href="/" aria-label={words.home} className="rounded-md">
          <Wordmark />
        </a>
      </header>
      <FocusBody {...props} />
    </div>
  );
}
