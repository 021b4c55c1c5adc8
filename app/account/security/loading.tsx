import { PageHeader } from '@/app/_ui/page-header';
import { Skeleton } from '@/app/_ui/skeleton';

export default function SecurityLoading() {
  return (
    <>
      <PageHeader title="Security" description={<Skeleton className="h-5.5 w-56 max-w-full" />} />
      <div role="status" className="flex max-w-2xl flex-col gap-5">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-44 rounded-lg" />
        <Skeleton className="h-48 rounded-lg" />
        <Skeleton className="h-52 rounded-lg" />
      </div>
    </>
  );
}
