import { LoadingRegion } from '@/app/_ui/loading-region';
import { Skeleton } from '@/app/_ui/skeleton';

export default function OverviewLoading() {
  return (
    <LoadingRegion>
      <div className="mb-6">
        <Skeleton className="h-7 w-48" />
        <Skeleton className="mt-1 h-5 w-32" />
      </div>
      <div className="flex flex-col gap-5">
        <Skeleton className="h-[4.75rem] rounded-lg" />
        <div className="grid gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <Skeleton className="h-72 rounded-lg" />
          <Skeleton className="h-72 rounded-lg" />
        </div>
      </div>
    </LoadingRegion>
  );
}
