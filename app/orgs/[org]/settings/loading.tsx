import { PageHeader } from '@/app/_ui/page-header';
import { Skeleton } from '@/app/_ui/skeleton';

export default function SettingsLoading() {
  return (
    <>
      <PageHeader title="Settings" description={<Skeleton className="h-5.5 w-40" />} />
      <div role="status" className="flex flex-col gap-5">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-44 rounded-lg" />
        <Skeleton className="h-44 rounded-lg" />
      </div>
    </>
  );
}
