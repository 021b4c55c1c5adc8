import { TableSkeleton } from '../_parts/table-skeleton';

export default function TemplatesLoading() {
  return <TableSkeleton title="Templates" />;
}
