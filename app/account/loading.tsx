import { LoadingRegion } from '@/app/_ui/loading-region';
import { PageHeader } from '@/app/_ui/page-header';
import { Skeleton } from '@/app/_ui/skeleton';
import * as words from '@/messages/account';

export default function ProfileLoading() {
  return (
    <>
      <PageHeader title={words.profile} description={<Skeleton className="h-5.5 w-56 max-w-full" />} />
      <LoadingRegion className="flex max-w-2xl flex-col gap-5">
        <Skeleton className="h-52 rounded-lg" />
        <Skeleton className="h-44 rounded-lg" />
        <Skeleton className="h-28 rounded-lg" />
      </LoadingRegion>
    </>
  );
}
