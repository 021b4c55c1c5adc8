import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import * as words from '@/messages/notes';
import { Note } from './note';

interface ErrorNoteProps {
  message: ReactNode;
  /** What to do next. */
  hint?: ReactNode;
  requestId?: string | null;
  className?: string;
}

/** A failure told where it happened, with the next step; announced to screen readers. */
export function ErrorNote({ message, hint, requestId, className }: ErrorNoteProps) {
  return (
    <Note tone="danger" role="alert" icon={<CircleAlert />} title={message} className={className}>
      {hint}
      {requestId && <code className="mt-1 block font-mono text-xs">{words.request(requestId)}</code>}
    </Note>
  );
}
