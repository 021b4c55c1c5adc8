import { TableSkeleton } from '../_parts/table-skeleton';

export default function MembersLoading() {
  return <TableSkeleton title="Members" action />;
}
