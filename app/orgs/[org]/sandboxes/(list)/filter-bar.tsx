import Link from 'next/link';
import { Button } from '@/app/_ui/button';
import { cn } from '@/app/_ui/class-names';
import { Input } from '@/app/_ui/input';
import { type ListChoice, listSearch, STATUSES } from './filter';

/** Plain links and a GET form: every list is an address to share, and works without scripts. */
export function FilterBar({ path, choice }: { path: string; choice: ListChoice }) {
  return (
    <search className="mb-4 flex flex-wrap items-center justify-between gap-3">
      <nav aria-label="State" className="flex overflow-x-auto rounded-md border bg-surface max-sm:w-full">
        {['', ...STATUSES].map((status) => (
          <Link
            key={status}
            href={path + listSearch({ status, search: choice.search, cursor: '' })}
            aria-current={choice.status === status ? 'true' : undefined}
            className={cn(
              '-outline-offset-2 flex h-8 items-center whitespace-nowrap border-l px-3 text-sm transition-colors first:border-l-0 max-sm:h-10 max-sm:flex-1 max-sm:justify-center max-sm:px-2',
              choice.status === status ? 'bg-hover font-medium text-ink' : 'text-muted hover:bg-canvas hover:text-ink',
            )}
          >
            {status || 'all'}
          </Link>
        ))}
      </nav>
      <form action={path} className="flex items-center gap-2 max-sm:w-full">
        {choice.status && <input type="hidden" name="status" value={choice.status} />}
        <Input
          type="search"
          data-shortcut="filter"
          name="q"
          aria-label="Search by id or template"
          placeholder="Id or template"
          defaultValue={choice.search}
          maxLength={100}
          className="sm:w-52"
        />
        <Button type="submit">Search</Button>
      </form>
    </search>
  );
}
