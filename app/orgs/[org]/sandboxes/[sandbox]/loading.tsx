import { LoadingRegion } from '@/app/_ui/loading-region';
import { Skeleton } from '@/app/_ui/skeleton';

export default function SandboxLoading() {
  return (
    <LoadingRegion>
      <Skeleton className="h-64 w-full rounded-lg" />
    </LoadingRegion>
  );
}
