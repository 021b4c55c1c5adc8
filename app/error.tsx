'use client';

import { useEffect } from 'react';
import * as words from '@/messages/error';
import { BarePage } from './_ui/bare-page';
import { buttonStyle } from './_ui/button-style';

interface ErrorPageProps {
  error: Error & { digest?: string };
  retry: () => void;
}

/** The server tells a browser nothing but a digest; operators find it in the log. What is there already may be what is broken. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  useEffect(() => console.error(error), [error]);
  return (
    <BarePage
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
    </BarePage>
  );
}
