import * as words from '@/messages/audit';
import { TableSkeleton } from '../_parts/table-skeleton';

export default function AuditLoading() {
  return <TableSkeleton title={words.title} rows={8} />;
}
