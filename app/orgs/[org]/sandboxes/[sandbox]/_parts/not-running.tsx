import { EmptyState } from '@/app/_ui/empty-state';

const WORDS: Record<string, { title: string; text: string }> = {
  paused: { title: 'The sandbox is paused', text: 'Resume it above; then it answers here.' },
  hibernated: { title: 'The sandbox is hibernated', text: 'Wake it above; it goes on with its files.' },
  failed: { title: 'The sandbox has failed', text: 'Its machine gave it up. Its events say more.' },
  creating: { title: 'The sandbox is starting', text: 'This page goes on by itself when it runs.' },
};
const NO_ANSWER = {
  title: 'No machine answers for it',
  text: 'It has not been heard of for a while. This page goes on by itself when it is.',
};

/** What stands where only a running sandbox can answer. */
export function NotRunning({ status, held }: { status: string; held: boolean }) {
  const { title, text } = (held || status === 'failed' ? WORDS[status] : undefined) ?? NO_ANSWER;
  return (
    <div className="rounded-lg border bg-surface">
      <EmptyState title={title} text={text} />
    </div>
  );
}
