import { TableSkeleton } from '../_parts/table-skeleton';

export default function VolumesLoading() {
  return <TableSkeleton title="Volumes" action />;
}
