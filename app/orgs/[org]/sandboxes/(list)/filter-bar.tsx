import { Button } from '@/app/_ui/button';
import { Input } from '@/app/_ui/input';
import { SegmentedLinks } from '@/app/_ui/segmented-links';
import { states } from '@/messages/sandbox-parts';
import * as words from '@/messages/sandboxes';
import { type ListChoice, listSearch, STATUSES } from './filter';

/** Plain links and a GET form: every list is an address to share, and works without scripts. */
export function FilterBar({ path, choice }: { path: string; choice: ListChoice }) {
  return (
    <search className="mb-4 flex flex-wrap items-center justify-between gap-3">
      <SegmentedLinks
        label={words.state}
        links={['', ...STATUSES].map((status) => ({
          label: status === '' ? words.all : (states[status] ?? status),
          href: path + listSearch({ status, search: choice.search, cursor: '' }),
          current: choice.status === status,
        }))}
      />
      <form action={path} className="flex items-center gap-2 max-sm:w-full">
        {choice.status && <input type="hidden" name="status" value={choice.status} />}
        <Input
          type="search"
          data-shortcut="filter"
          name="q"
          aria-label={words.searchLabel}
          placeholder={words.searchExample}
          defaultValue={choice.search}
          maxLength={100}
          className="sm:w-52"
        />
        <Button type="submit">{words.search}</Button>
      </form>
    </search>
  );
}
