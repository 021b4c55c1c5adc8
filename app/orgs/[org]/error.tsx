'use client';

import { useEffect } from 'react';
import { Button } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHeader } from '@/app/_ui/page-header';
import * as words from '@/messages/org';

interface OrgErrorProps {
  error: unknown;
  retry: () => void;
}

/** Inside the shell, so the way to the other pages stays open. */
export default function OrgError({ error, retry }: OrgErrorProps) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  useEffect(() => console.error(error), [error]);
  return (
    <div role="alert">
      <PageHeader title={words.errorTitle} />
      <div className="rounded-lg border bg-surface">
        <EmptyState
          title={words.errorReason}
          text={
            <>
              {words.errorHint}
              {digest && (
                <span className="mt-2 block">
                  {words.errorInLog(<code className="select-all font-mono text-xs">{digest}</code>)}
                </span>
              )}
            </>
          }
          action={
            <Button variant="primary" onClick={retry}>
              {words.tryAgain}
            </Button>
          }
        />
      </div>
    </div>
  );
}
