import { PageHeader } from '@/app/_ui/page-header';
import { Skeleton } from '@/app/_ui/skeleton';
import * as words from '@/messages/settings';

export default function SettingsLoading() {
  return (
    <>
      <PageHeader title={words.title} description={<Skeleton className="h-5.5 w-40" />} />
      <div role="status" className="flex flex-col gap-5">
        <span className="sr-only">{words.loading}</span>
        <Skeleton className="h-44 rounded-lg" />
        <Skeleton className="h-44 rounded-lg" />
      </div>
    </>
  );
}
