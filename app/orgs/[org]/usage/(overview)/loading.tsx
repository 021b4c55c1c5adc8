import { LoadingRegion } from '@/app/_ui/loading-region';
import { PageHeader } from '@/app/_ui/page-header';
import { Skeleton } from '@/app/_ui/skeleton';
import * as words from '@/messages/usage';

export default function UsageLoading() {
  return (
    <>
      <PageHeader
        title={words.title}
        description={<Skeleton className="h-5.5 w-72 max-w-full" />}
        actions={<Skeleton className="h-8 w-28 rounded-md" />}
      />
      <LoadingRegion>
        <Skeleton className="mb-4 h-8 w-96 max-w-full rounded-md" />
        <div className="mb-5 h-[4.75rem] rounded-lg border bg-surface" />
        <div className="grid gap-5 lg:grid-cols-2">
          {['sandboxes', 'processors'].map((chart) => (
            <div key={chart} className="h-80 rounded-lg border bg-surface p-4">
              <Skeleton className="w-32" />
            </div>
          ))}
        </div>
      </LoadingRegion>
    </>
  );
}
