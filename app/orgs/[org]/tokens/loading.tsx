import * as words from '@/messages/tokens';
import { TableSkeleton } from '../_parts/table-skeleton';

export default function TokensLoading() {
  return <TableSkeleton title={words.title} action />;
}
