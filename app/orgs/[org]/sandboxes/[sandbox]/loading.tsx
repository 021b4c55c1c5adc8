import { Skeleton } from '@/app/_ui/skeleton';
import * as words from '@/messages/sandbox';

export default function SandboxLoading() {
  return (
    <div role="status">
      <span className="sr-only">{words.loading}</span>
      <Skeleton className="h-64 w-full rounded-lg" />
    </div>
  );
}
