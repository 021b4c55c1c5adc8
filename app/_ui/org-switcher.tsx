'use client';

import { Check, ChevronsUpDown, Plus } from 'lucide-react';
import Link from 'next/link';
import { roleName } from '@/messages/roles';
import * as words from '@/messages/ui';
import { cn } from './class-names';
import { Initial } from './initial';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from './menu';
import { useHydrated } from './use-hydrated';

export interface SwitcherOrg {
  id: string;
  slug: string;
  name: string;
  role: string;
}

interface OrgSwitcherProps {
  orgs: readonly SwitcherOrg[];
  currentOrg: SwitcherOrg | null;
  /** Where "New organization" leads; null hides it (the person may not create one). */
  createHref?: string | null;
  /** Called on a choice, before the link is followed: the place to make it the current org. */
  onSelect?: (org: SwitcherOrg) => void;
}

export function OrgSwitcher({ orgs, currentOrg, createHref = null, onSelect }: OrgSwitcherProps) {
  const hydrated = useHydrated();
  const label = (text: string) => <span className="min-w-0 flex-1 truncate font-medium">{text}</span>;
  const trigger = (
    <button
      type="button"
      disabled={!hydrated}
      className="flex h-9 w-full min-w-0 items-center gap-2 rounded-md border bg-surface px-2 text-left text-sm hover:bg-hover"
    >
      <Initial of={currentOrg?.name ?? '?'} />
      {currentOrg
        ? words.organization((text) => <span className="sr-only">{text}</span>, label(currentOrg.name))
        : label(words.chooseOrganization)}
      <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
    </button>
  );
  return (
    <Menu trigger={trigger} align="start" className="w-64">
      <MenuLabel>{words.organizations}</MenuLabel>
      {orgs.map((org) => (
        <MenuItem key={org.id} asChild onSelect={() => onSelect?.(org)}>
          <Link href={`/orgs/${org.slug}`} aria-current={org.id === currentOrg?.id ? 'true' : undefined}>
            <Initial of={org.name} />
            <span className="min-w-0 flex-1 truncate">{org.name}</span>
            <span className="text-faint text-xs">{roleName(org.role)}</span>
            <Check aria-hidden="true" className={cn('text-accent-ink', org.id !== currentOrg?.id && 'invisible')} />
          </Link>
        </MenuItem>
      ))}
      {createHref && (
        <>
          <MenuSeparator />
          <MenuItem asChild>
            <Link href={createHref}>
              <Plus aria-hidden="true" /> {words.newOrganization}
            </Link>
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
