import { Skeleton } from '@/app/_ui/skeleton';
import * as common from '@/messages/common';

export default function ProfileLoading() {
  return (
    <div role="status" className="flex flex-col gap-5">
      <span className="sr-only">{common.loading}</span>
      <Skeleton className="h-7 w-28" />
      <div className="flex max-w-2xl flex-col gap-5">
        <Skeleton className="h-52 rounded-lg" />
        <Skeleton className="h-44 rounded-lg" />
        <Skeleton className="h-28 rounded-lg" />
      </div>
    </div>
  );
}
