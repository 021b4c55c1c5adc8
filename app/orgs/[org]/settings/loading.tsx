import { LoadingRegion } from '@/app/_ui/loading-region';
import { PageHeader } from '@/app/_ui/page-header';
import { Skeleton } from '@/app/_ui/skeleton';
import * as words from '@/messages/settings';

export default function SettingsLoading() {
  return (
    <>
      <PageHeader title={words.title} description={<Skeleton className="h-5.5 w-40" />} />
      <LoadingRegion className="flex max-w-2xl flex-col gap-5">
        <Skeleton className="h-44 rounded-lg" />
        <Skeleton className="h-44 rounded-lg" />
      </LoadingRegion>
    </>
  );
}
