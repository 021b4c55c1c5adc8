import { LoadingRegion } from '@/app/_ui/loading-region';
import { PageHeader } from '@/app/_ui/page-header';
import { Skeleton } from '@/app/_ui/skeleton';

interface TableSkeletonProps {
  /** Of the page that comes: known already, so that it is read at once and nothing moves when the rest arrives. */
  title: string;
  /** A button stands at the right of the page's header. */
  action?: boolean;
  rows?: number;
}

/** A page's title and, grey, its table: the heights of the real ones, so that nothing jumps. */
export function TableSkeleton({ title, action = false, rows = 4 }: TableSkeletonProps) {
  return (
    <>
      <PageHeader
        title={title}
        description={<Skeleton className="h-5.5 w-56" />}
        actions={action && <Skeleton className="h-8 w-32 rounded-md" />}
      />
      <LoadingRegion className="divide-y overflow-hidden rounded-lg border bg-surface">
        <div className="h-8 bg-canvas" />
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
          <div key={row} className="flex h-11 items-center gap-6 px-4">
            <Skeleton className="w-2/5" />
            <Skeleton className="w-16" />
            <Skeleton className="w-24 max-sm:hidden" />
          </div>
        ))}
      </LoadingRegion>
    </>
  );
}
