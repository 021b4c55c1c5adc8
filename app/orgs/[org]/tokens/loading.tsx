import { TableSkeleton } from '../_parts/table-skeleton';

export default function TokensLoading() {
  return <TableSkeleton title="API tokens" action />;
}
