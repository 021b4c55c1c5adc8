import { TriangleAlert } from 'lucide-react';
import { Note } from '@/app/_ui/note';
import type { ApiError } from '@/lib/api-client/api-error';
import * as words from '@/messages/sandbox-parts';

/** What stands above states that could not be asked for anew. */
export function StillAsking({ failure }: { failure: ApiError }) {
  return (
    <Note tone="warn" role="status" icon={<TriangleAlert />} title={failure.message} className="mb-4">
      {words.stillAsking(failure.hint)}
    </Note>
  );
}
