import * as words from '@/messages/members';
import { TableSkeleton } from '../_parts/table-skeleton';

export default function MembersLoading() {
  return <TableSkeleton title={words.title} action />;
}
