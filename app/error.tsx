'use client';

import { useEffect } from 'react';
import { Button } from './_ui/button';
import { FocusPage } from './_ui/focus-page';

interface ErrorPageProps {
  error: Error & { digest?: string };
  retry: () => void;
}

/** The server tells a browser nothing but a digest; operators find it in the log. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  useEffect(() => console.error(error), [error]);
  return (
    <FocusPage
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
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
        <Button onClick={() => window.location.assign('/')}>Start page</Button>
      </div>
    </FocusPage>
  );
}
