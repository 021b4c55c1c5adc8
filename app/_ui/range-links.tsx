import type { ReactNode } from 'react';
import * as words from '@/messages/ui';
import { Button } from './button';
import { Input } from './input';
import { SegmentedLinks } from './segmented-links';

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
      <SegmentedLinks label={words.timeRange} links={presets} />
      <form action={path} className="flex flex-wrap items-center gap-2 text-sm">
        <Day name="from" label={words.from} value={from} />
        <span aria-hidden="true" className="text-faint">
          –
        </span>
        <Day name="to" label={words.to} value={to} />
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button type="submit">{words.show}</Button>
        {children}
      </form>
    </search>
  );
}

function Day({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <Input
      type="date"
      name={name}
      aria-label={label}
      required
      defaultValue={value}
      className="w-auto max-sm:min-w-36 max-sm:flex-1"
    />
  );
}
