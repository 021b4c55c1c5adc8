import { Skeleton } from '@/app/_ui/skeleton';

export default function SandboxLoading() {
  return (
    <div role="status">
      <span className="sr-only">Loading</span>
      <Skeleton className="h-64 w-full rounded-lg" />
    </div>
  );
}
