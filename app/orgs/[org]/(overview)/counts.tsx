import Link from 'next/link';
import * as words from '@/messages/overview';
import type { Overview } from './read-overview';

interface CountsProps {
  base: string;
  overview: Overview;
  /** The role sees only the tokens it made. */
  ownTokens: boolean;
}

export function Counts({ base, overview, ownTokens }: CountsProps) {
  const cells = [
    { label: words.members, value: overview.members, href: `${base}/members` },
    ...(overview.openInvites === null
      ? []
      : [{ label: words.openInvites, value: overview.openInvites, href: `${base}/members#invites` }]),
    { label: ownTokens ? words.myTokens : words.tokens, value: overview.tokens, href: `${base}/tokens` },
  ];
  return (
    <ul className="flex divide-x overflow-hidden rounded-lg border bg-surface">
      {cells.map(({ label, value, href }) => (
        <li key={label} className="min-w-0 flex-1">
          <Link href={href} className="-outline-offset-2 block px-4 py-3 transition-colors hover:bg-canvas max-sm:px-3">
            <span className="block truncate text-muted text-sm">{label}</span>
            <span className="mt-0.5 block font-semibold text-xl tabular-nums">{value}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
