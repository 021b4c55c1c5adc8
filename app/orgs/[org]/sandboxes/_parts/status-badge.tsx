import { Badge } from '@/app/_ui/badge';
import * as words from '@/messages/sandbox-parts';

type Tone = 'accent' | 'neutral' | 'warn' | 'danger' | 'info';

const TONES: Record<string, Tone> = { running: 'accent', creating: 'info', failed: 'danger' };

/** The state of a sandbox in its agent's word; whether anybody answers for it now stands before that. */
export function StatusBadge({ status, held }: { status: string; held: boolean }) {
  const alive = status === 'running' || status === 'paused' || status === 'hibernated';
  if (alive && !held) {
    return (
      <Badge tone="warn" title={words.awayHint(words.states[status] ?? status)}>
        {words.away}
      </Badge>
    );
  }
  return (
    <Badge tone={TONES[status] ?? 'neutral'}>
      {status === 'running' && <span aria-hidden="true" className="size-1.5 rounded-full bg-current" />}
      {words.states[status] ?? (status || words.unknownState)}
    </Badge>
  );
}
