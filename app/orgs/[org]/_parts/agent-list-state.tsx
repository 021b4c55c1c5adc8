'use client';

import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import { LoadingRegion } from '@/app/_ui/loading-region';
import { Skeleton } from '@/app/_ui/skeleton';
import type { ApiError } from '@/lib/api-client/api-error';
import * as words from '@/messages/org';

interface AgentListStateProps {
  error: ApiError | null;
  reload: () => void;
}

/** What stands where the machines' list will stand: grey rows, or what kept it away and another try. */
export function AgentListState({ error, reload }: AgentListStateProps) {
  if (error) {
    return (
      <div className="flex flex-col items-start gap-3">
        <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} className="w-full" />
        <Button onClick={reload}>{words.tryAgain}</Button>
      </div>
    );
  }
  return (
    <LoadingRegion className="divide-y overflow-hidden rounded-lg border bg-surface">
      <div className="h-8 bg-canvas" />
      {['first', 'second', 'third'].map((row) => (
        <div key={row} className="flex h-11 items-center gap-6 px-4">
          <Skeleton className="w-2/5" />
          <Skeleton className="w-16" />
        </div>
      ))}
    </LoadingRegion>
  );
}
