import Link from 'next/link';
import { Button } from '@/app/_ui/button';
import { cn } from '@/app/_ui/class-names';
import { type Choice, choiceSearch, PRESETS, type PresetName } from './range';

interface RangePickerProps {
  path: string;
  choice: Choice;
  /** Whether the page can draw the period before. */
  comparable?: boolean;
}

/** Plain links and a GET form: every range is an address to share, and works without scripts. */
export function RangePicker({ path, choice, comparable = true }: RangePickerProps) {
  return (
    <search className="mb-4 flex flex-wrap items-center justify-between gap-3">
      <nav aria-label="Time range" className="flex overflow-hidden rounded-md border bg-surface max-sm:w-full">
        {Object.entries(PRESETS).map(([name, { label }]) => (
          <Link
            key={name}
            href={path + choiceSearch({ ...choice, preset: name as PresetName })}
            aria-current={choice.preset === name ? 'true' : undefined}
            className={cn(
              '-outline-offset-2 flex h-8 items-center whitespace-nowrap border-l px-3 text-sm transition-colors first:border-l-0 max-sm:h-10 max-sm:flex-1 max-sm:justify-center max-sm:px-1',
              choice.preset === name ? 'bg-hover font-medium text-ink' : 'text-muted hover:bg-canvas hover:text-ink',
            )}
          >
            <span className="max-sm:hidden">{label}</span>
            <span aria-hidden="true" className="sm:hidden">
              {name}
            </span>
          </Link>
        ))}
      </nav>
      <form action={path} className="flex flex-wrap items-center gap-2 text-sm">
        <Day name="from" label="From" value={choice.from} />
        <span aria-hidden="true" className="text-faint">
          –
        </span>
        <Day name="to" label="To" value={choice.to} />
        {choice.compare && <input type="hidden" name="compare" value="1" />}
        <Button type="submit">Show</Button>
        {comparable && (
          <Button asChild variant={choice.compare ? 'secondary' : 'ghost'}>
            <Link href={path + choiceSearch({ ...choice, compare: !choice.compare })}>
              {choice.compare ? 'Hide the period before' : 'Compare with the period before'}
            </Link>
          </Button>
        )}
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
