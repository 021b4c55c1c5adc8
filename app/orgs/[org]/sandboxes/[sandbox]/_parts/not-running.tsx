import { EmptyState } from '@/app/_ui/empty-state';
import * as words from '@/messages/sandbox';

/** What stands where only a running sandbox can answer. */
export function NotRunning({ status, held }: { status: string; held: boolean }) {
  const { title, text } = (held || status === 'failed' ? words.notRunning[status] : undefined) ?? words.noAnswer;
  return (
    <div className="rounded-lg border bg-surface">
      <EmptyState title={title} text={text} />
    </div>
  );
}
