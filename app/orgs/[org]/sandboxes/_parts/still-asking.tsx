import { TriangleAlert } from 'lucide-react';
import { Note } from '@/app/_ui/note';
import type { ApiError } from '@/lib/api-client/api-error';

/** What stands above states that could not be asked for anew. */
export function StillAsking({ failure }: { failure: ApiError }) {
  return (
    <Note tone="warn" role="status" icon={<TriangleAlert />} title={failure.message} className="mb-4">
      What stands here is what was last heard. This page goes on asking. {failure.hint}
    </Note>
  );
}
