import { Skeleton } from '@/app/_ui/skeleton';
import * as words from '@/messages/org';

interface TableSkeletonProps {
  /** A button stands at the right of the page's header. */
  action?: boolean;
  rows?: number;
}

/** A page header and a table, grey: the heights of the real ones, so that nothing jumps. */
export function TableSkeleton({ action = false, rows = 4 }: TableSkeletonProps) {
  return (
    <div role="status">
      <span className="sr-only">{words.loading}</span>
      <div className="mb-6 flex items-end justify-between">
        <div>
          <Skeleton className="h-7 w-36" />
          <Skeleton className="mt-1 h-5 w-56" />
        </div>
        {action && <Skeleton className="h-8 w-32 rounded-md" />}
      </div>
      <div className="divide-y overflow-hidden rounded-lg border bg-surface">
        <div className="h-8 bg-canvas" />
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
          <div key={row} className="flex h-11 items-center gap-6 px-4">
            <Skeleton className="w-2/5" />
            <Skeleton className="w-16" />
            <Skeleton className="w-24 max-sm:hidden" />
          </div>
        ))}
      </div>
    </div>
  );
}
