import { Skeleton } from '@/app/_ui/skeleton';
import * as words from '@/messages/usage';

export default function UsageLoading() {
  return (
    <div role="status">
      <span className="sr-only">{words.loading}</span>
      <Skeleton className="h-7 w-24" />
      <Skeleton className="mt-1 mb-6 h-5 w-72 max-w-full" />
      <Skeleton className="mb-4 h-8 w-96 max-w-full rounded-md" />
      <div className="mb-5 h-[4.75rem] rounded-lg border bg-surface" />
      <div className="grid gap-5 lg:grid-cols-2">
        {['sandboxes', 'processors'].map((chart) => (
          <div key={chart} className="h-80 rounded-lg border bg-surface p-4">
            <Skeleton className="w-32" />
          </div>
        ))}
      </div>
    </div>
  );
}
