import { Note } from '@/app/_ui/note';
import * as words from '@/messages/org';

/** A list without what lies on machines that did not answer says so. */
export function MissingNote({ missing }: { missing: number }) {
  if (missing === 0) return null;
  return (
    <Note tone="warn" role="status" title={words.missing(missing)} className="mb-4">
      {words.missingHint}
    </Note>
  );
}
