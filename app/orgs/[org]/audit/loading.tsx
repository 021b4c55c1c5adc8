import { TableSkeleton } from '../_parts/table-skeleton';

export default function AuditLoading() {
  return <TableSkeleton title="Audit log" rows={8} />;
}
