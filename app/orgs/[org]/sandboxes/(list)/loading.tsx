import * as words from '@/messages/sandboxes';
import { TableSkeleton } from '../../_parts/table-skeleton';

export default function SandboxesLoading() {
  return <TableSkeleton title={words.title} action />;
}
