import { Badge } from '@/app/_ui/badge';

type Tone = 'accent' | 'neutral' | 'warn' | 'danger' | 'info';

const TONES: Record<string, Tone> = { running: 'accent', creating: 'info', failed: 'danger' };

/** The state of a sandbox in its agent's word; whether anybody answers for it now stands before that. */
export function StatusBadge({ status, held }: { status: string; held: boolean }) {
  const alive = status === 'running' || status === 'paused' || status === 'hibernated';
  if (alive && !held) {
    return (
      <Badge tone="warn" title={`It was ${status}. Its machine has not been heard of for a while.`}>
        no sign of life
      </Badge>
    );
  }
  return (
    <Badge tone={TONES[status] ?? 'neutral'}>
      {status === 'running' && <span aria-hidden="true" className="size-1.5 rounded-full bg-current" />}
      {status || 'unknown'}
    </Badge>
  );
}
