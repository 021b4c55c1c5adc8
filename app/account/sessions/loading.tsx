import { PageHeader } from '@/app/_ui/page-header';
import { Skeleton } from '@/app/_ui/skeleton';
import * as words from '@/messages/account-sessions';
import * as common from '@/messages/common';

export default function SessionsLoading() {
  return (
    <>
      <PageHeader title={words.title} description={<Skeleton className="h-5.5 w-56 max-w-full" />} />
      <div role="status" className="flex max-w-2xl flex-col gap-5">
        <span className="sr-only">{common.loading}</span>
        <Skeleton className="h-28 rounded-lg" />
        <Skeleton className="h-52 rounded-lg" />
      </div>
    </>
  );
}
