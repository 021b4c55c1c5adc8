'use client';

import { Command as Cmdk } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { type Command, GROUPS } from './command';
import { Keys } from './keys';
import { useFound } from './use-found';
import { noteUse, usedLately } from './used-lately';

export interface PaletteProps {
  commands: readonly Command[];
  org: { id: string; base: string } | null;
  onKeys: () => void;
  onClose: () => void;
}

/** Finds pages, organizations, people, sandboxes and what can be done with them. */
export function Palette({ commands, org, onKeys, onClose }: PaletteProps) {
  const [search, setSearch] = useState('');
  const [lately] = useState(usedLately);
  const { found, problem } = useFound(org, search !== '');
  const all: Command[] = [
    ...commands,
    { id: 'do keys', group: 'Do', label: 'Keyboard shortcuts', keys: '?', run: onKeys },
    ...found,
  ];
  const recent = search === '' ? lately.flatMap((id) => all.find((command) => command.id === id) ?? []) : [];

  function choose(command: Command) {
    noteUse(command.id);
    onClose();
    command.run();
  }

  const items = (shown: readonly Command[], prefix = '') =>
    shown.map((command) => <Item key={command.id} command={command} prefix={prefix} onChoose={choose} />);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-appear bg-overlay" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[max(5dvh,12px)] z-50 mx-auto max-w-lg animate-rise overflow-hidden rounded-xl border bg-surface shadow-lift outline-none sm:top-[14dvh]"
        >
          <Dialog.Title className="sr-only">Search and do</Dialog.Title>
          <Cmdk label="Search and do" loop>
            <Cmdk.Input
              value={search}
              onValueChange={setSearch}
              placeholder="A page, a person, a sandbox, or what to do"
              className="h-12 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-faint max-sm:text-lg"
            />
            <Cmdk.List label="Results" className="max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5">
              <Cmdk.Empty className="px-3 py-8 text-center text-muted text-sm">Nothing of that name</Cmdk.Empty>
              {recent.length > 0 && <Group heading="Used lately">{items(recent, 'lately ')}</Group>}
              {GROUPS.map((group) => {
                const shown = all.filter((command) => command.group === group && !recent.includes(command));
                return (
                  shown.length > 0 && (
                    <Group key={group} heading={group}>
                      {items(shown)}
                    </Group>
                  )
                );
              })}
            </Cmdk.List>
            {problem && (
              <p role="status" className="border-t px-4 py-2 text-muted text-xs">
                {problem}
              </p>
            )}
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Group({ heading, children }: { heading: string; children: React.ReactNode }) {
  return (
    <Cmdk.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Cmdk.Group>
  );
}

interface ItemProps {
  command: Command;
  prefix: string;
  onChoose: (command: Command) => void;
}

function Item({ command, prefix, onChoose }: ItemProps) {
  const { id, label, detail, icon, keys } = command;
  return (
    <Cmdk.Item
      value={`${prefix}${label} ${id}`}
      onSelect={() => onChoose(command)}
      className="flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 text-sm data-[selected=true]:bg-hover max-sm:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-faint"
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {detail && <span className="text-muted text-xs">{detail}</span>}
      {keys && (
        <span className="max-sm:hidden">
          <Keys of={keys} />
        </span>
      )}
    </Cmdk.Item>
  );
}
