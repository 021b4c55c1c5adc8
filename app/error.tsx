'use client';

import { useEffect } from 'react';
import * as words from '@/messages/error';
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
        <a href="/" aria-label={words.home} className="rounded-md">
          <Wordmark />
        </a>
      </header>
      <FocusBody
        title={words.title}
        description={words.description}
        footer={words.operators((text) => <code className="font-mono text-xs">{text}</code>, error?.digest)}
      >
        <div className="flex gap-2">
          <button type="button" className={buttonStyle({ variant: 'primary' })} onClick={retry}>
            {words.tryAgain}
          </button>
          <a href="/" className={buttonStyle()}>
            {words.startPage}
          </a>
        </div>
      </FocusBody>
    </div>
  );
}
