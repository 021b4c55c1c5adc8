import * as words from '@/messages/volumes';
import { TableSkeleton } from '../_parts/table-skeleton';

export default function VolumesLoading() {
  return <TableSkeleton title={words.title} action />;
}
