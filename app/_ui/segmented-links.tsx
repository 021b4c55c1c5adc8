import Link from 'next/link';
import { cn } from './class-names';

interface SegmentedLinksProps {
  /** Names what is chosen, for screen readers. */
  label: string;
  /** `name` is as short as a phone needs it; without one the label stands there too. */
  links: readonly { name?: string; label: string; href: string; current: boolean }[];
}

/** A choice among a few, each a link: what is chosen is an address to share. */
export function SegmentedLinks({ label, links }: SegmentedLinksProps) {
  return (
    <nav aria-label={label} className="flex overflow-x-auto rounded-md border bg-surface max-sm:w-full">
      {links.map(({ name, label, href, current }) => (
        <Link
          key={href}
          href={href}
          aria-current={current ? 'true' : undefined}
          className={cn(
            '-outline-offset-2 flex h-8 items-center whitespace-nowrap border-l px-3 text-sm transition-colors first:border-l-0 max-sm:h-10 max-sm:flex-1 max-sm:justify-center max-sm:px-2',
            current ? 'bg-hover font-medium text-ink' : 'text-muted hover:bg-canvas hover:text-ink',
          )}
        >
          <span className={name ? 'max-sm:sr-only' : undefined}>{label}</span>
          {name && (
            <span aria-hidden="true" className="sm:hidden">
              {name}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
