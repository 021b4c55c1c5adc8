import * as words from '@/messages/templates';
import { TableSkeleton } from '../_parts/table-skeleton';

export default function TemplatesLoading() {
  return <TableSkeleton title={words.title} />;
}
