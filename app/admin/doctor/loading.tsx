import { Skeleton } from '@/app/_ui/skeleton';

export default function DoctorLoading() {
  return (
    <div role="status" className="flex flex-col gap-5">
      <span className="sr-only">Examining the server</span>
      <Skeleton className="h-7 w-28" />
      <Skeleton className="h-11 rounded-lg" />
      <Skeleton className="h-72 rounded-lg" />
    </div>
  );
}
