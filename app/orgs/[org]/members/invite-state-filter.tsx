import Link from 'next/link';
import { cn } from '@/app/_ui/class-names';
import type { InviteState } from '@/lib/invites/invite-state';
import * as words from '@/messages/members';

interface StateFilterProps {
  /** In the order they are offered; a state that none is in is not. */
  counts: Map<InviteState, number>;
  chosen: InviteState | undefined;
  total: number;
}

/** Links, so that a filtered list can be passed on and works without scripts. Nothing to choose from, nothing shown. */
export function StateFilter({ counts, chosen, total }: StateFilterProps) {
  const offered = [...counts].filter(([, count]) => count > 0);
  if (offered.length < 2) return null;
  return (
    <nav aria-label={words.invitesByState} className="-mx-2 flex flex-wrap text-sm">
      <Choice href="?" label={words.allInvites} count={total} current={!chosen} />
      {offered.map(([state, count]) => (
        <Choice
          key={state}
          href={`?invites=${state}`}
          label={words.inviteStates[state]}
          count={count}
          current={state === chosen}
        />
      ))}
    </nav>
  );
}

function Choice({ href, label, count, current }: { href: string; label: string; count: number; current: boolean }) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={current ? 'true' : undefined}
      className={cn(
        'rounded-md px-2 py-1 first-letter:uppercase hover:text-ink',
        current ? 'font-medium text-ink' : 'text-muted',
      )}
    >
      <span className="inline-block first-letter:uppercase">{label}</span>{' '}
      <span className="text-muted tabular-nums">{count}</span>
    </Link>
  );
}
