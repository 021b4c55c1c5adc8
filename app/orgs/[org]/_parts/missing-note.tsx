import { Note } from '@/app/_ui/note';
import { counted } from './counted';

/** A list without what lies on machines that did not answer says so. */
export function MissingNote({ missing }: { missing: number }) {
  if (missing === 0) return null;
  return (
    <Note tone="warn" role="status" title={`${counted(missing, 'machine')} did not answer`} className="mb-4">
      What is there only is missing here.
    </Note>
  );
}
