import { TableSkeleton } from '../_parts/table-skeleton';

export default function AuditLoading() {
  return <TableSkeleton rows={8} />;
}
