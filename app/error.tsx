'use client';

import { useEffect } from 'react';
import { buttonStyle } from './_ui/button-style';
import { FocusBody } from './_ui/focus-body';
import { Wordmark } from './_ui/wordmark';

interface ErrorPageProps {
  error: Error & { digest?: string };
  retry: () => void;
}

/**
 * The server tells a browser nothing but a digest; operators find it in the log. Every page brings this one along, so it is made of
 * little, and its ways out load anew: what is there already may be what is broken.
 */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  useEffect(() => console.error(error), [error]);
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center px-4 sm:px-6">
        <a href="/" aria-label="PandaStack, home" className="rounded-md">
          <Wordmark />
        </a>
      </header>
      <FocusBody
        title="This page did not load"
        description="Something it depends on did not answer. Nothing was changed; trying again is safe."
        footer={
          <>
            Still failing? Operators: see <code className="font-mono text-xs">/readyz</code> and the log
            {error?.digest && (
              <>
                {' '}
                for <code className="font-mono text-xs">{error?.digest}</code>
              </>
            )}
            .
          </>
        }
      >
        <div className="flex gap-2">
          <button type="button" className={buttonStyle({ variant: 'primary' })} onClick={retry}>
            Try again
          </button>
          <a href="/" className={buttonStyle()}>
            Start page
          </a>
        </div>
      </FocusBody>
    </div>
  );
}
