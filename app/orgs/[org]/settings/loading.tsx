import { Skeleton } from '@/app/_ui/skeleton';
import * as words from '@/messages/settings';

export default function SettingsLoading() {
  return (
    <div role="status" className="flex flex-col gap-5">
      <span className="sr-only">{words.loading}</span>
      <Skeleton className="h-7 w-28" />
      <Skeleton className="h-44 rounded-lg" />
      <Skeleton className="h-44 rounded-lg" />
    </div>
  );
}
