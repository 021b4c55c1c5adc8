import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './class-names';

interface RangeLinksProps {
  path: string;
  /** `name` is as short as a phone needs it. */
  presets: readonly { name: string; label: string; href: string; current: boolean }[];
  /** Days in UTC, both part of the range; '' with a preset. */
  from: string;
  to: string;
  /** What else the address keeps when days of one's own are asked for. */
  hidden?: Record<string, string>;
  children?: ReactNode;
}

/** Plain links and a GET form: every range is an address to share, and works without scripts. */
export function RangeLinks({ path, presets, from, to, hidden = {}, children }: RangeLinksProps) {
  return (
    <search className="mb-4 flex flex-wrap items-center justify-between gap-3">
      <nav aria-label="Time range" className="flex overflow-hidden rounded-md border bg-surface max-sm:w-full">
        {presets.map(({ name, label, href, current }) => (
          <Link
            key={name}
            href={href}
            aria-current={current ? 'true' : undefined}
            className={cn(
              '-outline-offset-2 flex h-8 items-center whitespace-nowrap border-l px-3 text-sm transition-colors first:border-l-0 max-sm:h-10 max-sm:flex-1 max-sm:justify-center max-sm:px-1',
              current ? 'bg-hover font-medium text-ink' : 'text-muted hover:bg-canvas hover:text-ink',
            )}
          >
            <span className="max-sm:sr-only">{label}</span>
            <span aria-hidden="true" className="sm:hidden">
              {name}
            </span>
          </Link>
        ))}
      </nav>
      <form action={path} className="flex flex-wrap items-center gap-2 text-sm">
        <Day name="from" label="From" value={from} />
        <span aria-hidden="true" className="text-faint">
          –
        </span>
        <Day name="to" label="To" value={to} />
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button type="submit">Show</Button>
        {children}
      </form>
    </search>
  );
}

function Day({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <input
      type="date"
      name={name}
      aria-label={label}
      required
      defaultValue={value}
      className="h-8 rounded-md border border-control bg-surface px-2 text-sm max-sm:h-10"
    />
  );
}
