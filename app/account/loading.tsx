import { PageHeader } from '@/app/_ui/page-header';
import { Skeleton } from '@/app/_ui/skeleton';
import * as words from '@/messages/account';
import * as common from '@/messages/common';

export default function ProfileLoading() {
  return (
    <>
      <PageHeader title={words.profile} description={<Skeleton className="h-5.5 w-56 max-w-full" />} />
      <div role="status" className="flex max-w-2xl flex-col gap-5">
        <span className="sr-only">{common.loading}</span>
        <Skeleton className="h-52 rounded-lg" />
        <Skeleton className="h-44 rounded-lg" />
        <Skeleton className="h-28 rounded-lg" />
      </div>
    </>
  );
}
