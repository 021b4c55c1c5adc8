import { TableSkeleton } from '../../_parts/table-skeleton';

export default function SandboxesLoading() {
  return <TableSkeleton title="Sandboxes" action />;
}
