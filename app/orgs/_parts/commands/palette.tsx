'use client';

import { defaultFilter, Command as Finder, useCommandState } from 'cmdk';
import { Search, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogClose } from '@/app/_ui/dialog';
import { Kbd } from '@/app/_ui/kbd';
import { Spinner } from '@/app/_ui/spinner';
import * as words from '@/messages/palette';
import { type Command, GROUPS } from './command';
import { recentCommands } from './recent';
import { GO_PREFIX } from './shortcuts';
import { type Searched, useFound } from './use-found';

/** Letters that only happen to stand in this order somewhere score below. */
const WORST_MATCH = 0.02;
const FOUND = /^(member|sandbox) /;

interface PaletteProps {
  commands: readonly Command[];
  within: Searched | null;
  userId: string;
  /** What was typed before this arrived. */
  typedEarly: string;
  onChoose: (command: Command) => void;
  onClose: () => void;
  /** After the focus is back where it was. */
  onClosed: () => void;
}

/** Everything within reach, found by a few letters. */
export function Palette({ commands, within, userId, typedEarly, onChoose, ...closing }: PaletteProps) {
  const [query, setQuery] = useState(typedEarly);
  const [lately] = useState(() => recentCommands(userId, commands, within));
  const found = useFound(query, within);
  const recent = query === '' ? lately : [];
  const shownAbove = new Set(recent.map(({ id }) => id));
  const rest = [...commands, ...(query === '' ? [] : found.commands)].filter(({ id }) => !shownAbove.has(id));
  return (
    <Dialog
      bare
      title={words.search}
      open
      onOpenChange={closing.onClose}
      onClosed={closing.onClosed}
      className="max-w-xl sm:max-h-[64dvh]"
    >
      <Finder label={words.search} loop vimBindings={false} filter={match} className="flex min-h-0 flex-col">
        <QueryLine query={query} onQuery={setQuery} />
        <Finder.List label={words.results} className="min-h-0 flex-1 scroll-py-2 overflow-y-auto p-1.5 sm:h-96">
          <Group heading={words.recent} commands={recent} onChoose={onChoose} />
          {GROUPS.map((group) => (
            <Group
              key={group}
              heading={words.groups[group]}
              commands={rest.filter((command) => command.group === group)}
              onChoose={onChoose}
            />
          ))}
        </Finder.List>
        <Outcome query={query} {...found} />
      </Finder>
    </Dialog>
  );
}

/** Items are told apart by their id, which nobody types: they are found by their label and words. Addresses and ids only by what stands in them. */
function match(id: string, search: string, [label = '', ...keywords]: string[] = []): number {
  if (FOUND.test(id)) return [label, ...keywords].some((text) => text.toLowerCase().includes(search.toLowerCase())) ? 1 : 0;
  const score = defaultFilter(label, search, keywords);
  return score >= WORST_MATCH ? score : 0;
}

function QueryLine({ query, onQuery }: { query: string; onQuery: (query: string) => void }) {
  return (
    <div className="flex h-12 shrink-0 items-center gap-2.5 border-b pr-2 pl-4">
      <Search aria-hidden="true" className="size-4 shrink-0 text-faint" />
      <Finder.Input
        value={query}
        onValueChange={onQuery}
        placeholder={words.placeholder}
        className="h-full min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint max-sm:text-lg"
      />
      <DialogClose>
        <Button variant="ghost" size="icon-sm" aria-label={words.close}>
          <X aria-hidden="true" />
        </Button>
      </DialogClose>
    </div>
  );
}

interface GroupProps {
  heading: string;
  commands: readonly Command[];
  onChoose: (command: Command) => void;
}

function Group({ heading, commands, onChoose }: GroupProps) {
  if (commands.length === 0) return null;
  return (
    <Finder.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:text-xs"
    >
      {commands.map((command) => (
        <Choice key={command.id} command={command} onChoose={onChoose} />
      ))}
    </Finder.Group>
  );
}

function Choice({ command, onChoose }: { command: Command; onChoose: (command: Command) => void }) {
  const { id, label, icon, detail, words: also = '', go } = command;
  return (
    <Finder.Item
      value={id}
      keywords={[label, also]}
      onSelect={() => onChoose(command)}
      className="flex min-h-9 select-none items-center gap-2.5 rounded-md px-2.5 py-1 text-sm data-[selected=true]:bg-hover max-sm:min-h-11 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-faint"
    >
      {icon}
      <span className="min-w-0 truncate">{label}</span>
      {detail && <span className="min-w-0 shrink-[2] truncate text-muted text-xs">{detail}</span>}
      {go && (
        <span aria-hidden="true" className="ml-auto flex gap-1 max-sm:hidden">
          <Kbd>{GO_PREFIX}</Kbd>
          <Kbd>{go}</Kbd>
        </span>
      )}
    </Finder.Item>
  );
}

interface OutcomeProps {
  query: string;
  pending: boolean;
  problems: readonly string[];
}

/** Below the list, and spoken: how much was found, what is still being asked for, what could not be. */
function Outcome({ query, pending, problems }: OutcomeProps) {
  const count = useCommandState(({ filtered }) => filtered.count);
  const nothing = count === 0 && !pending;
  return (
    <div className="shrink-0">
      <div
        role="status"
        className={nothing || pending ? 'flex items-center gap-2 border-t px-4 py-2.5 text-muted text-sm' : 'sr-only'}
      >
        {pending && <Spinner className="size-3.5" />}
        {pending ? words.searching : nothing ? words.nothing(query) : words.found(count)}
      </div>
      {problems.map((problem) => (
        <p key={problem} role="alert" className="border-t px-4 py-2.5 text-danger-ink text-sm">
          {problem}
        </p>
      ))}
    </div>
  );
}
