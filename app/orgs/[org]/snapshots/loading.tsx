import * as words from '@/messages/snapshots';
import { TableSkeleton } from '../_parts/table-skeleton';

export default function SnapshotsLoading() {
  return <TableSkeleton title={words.title} />;
}
