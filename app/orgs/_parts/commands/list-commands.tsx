import { Boxes, Building2, Copy, Keyboard, KeyRound, LogOut, Monitor, Moon, Plus, Sun, UserPlus, UserRound } from 'lucide-react';
import type { NavItem } from '@/app/_ui/nav-links';
import type { SwitcherOrg } from '@/app/_ui/org-switcher';
import { can, type OrgAccess } from '@/lib/access/org-access';
import type { Permission } from '@/lib/access/permissions';
import type { Command } from './command';
import { GO } from './shortcuts';
import type { Searched } from './use-found';

/** An org and the address of its pages. */
interface Within {
  access: OrgAccess<Permission>;
  base: string;
}

interface Situation {
  userId: string;
  canSignOut: boolean;
  mayCreateOrg: boolean;
  orgs: readonly SwitcherOrg[];
  /** Pages within reach, of the org and of the account. */
  pages: readonly NavItem[];
  /** The org one is in, or was in last. */
  within: Within | null;
}

/** What the palette offers this person here. */
export function listCommands(situation: Situation): Command[] {
  const { orgs, pages, within } = situation;
  return [
    ...pages.map(pageCommand),
    ...(pages.some(({ href }) => href === '/account') ? [] : [pageCommand(ACCOUNT)]),
    ...(within ? orgActions(within) : []),
    ...ownActions(situation),
    ...orgs.map(orgCommand),
  ];
}

/** Whose lists are searched, as far as this person may see them. */
export function searchedIn({ access, base }: Within): Searched {
  return { orgId: access.orgId, base, members: can(access, 'members:read'), sandboxes: can(access, 'sandboxes:use') };
}

const ACCOUNT: NavItem = { href: '/account', label: 'Account', icon: <UserRound aria-hidden="true" />, go: GO.account };

function pageCommand({ href, label, icon, go }: NavItem): Command {
  return { id: `page ${href}`, group: 'Pages', label, icon, go, effect: { kind: 'open', href } };
}

function orgCommand({ id, slug, name, role }: SwitcherOrg): Command {
  return {
    id: `org ${id}`,
    group: 'Organizations',
    label: name,
    icon: <Building2 aria-hidden="true" />,
    detail: role,
    words: slug,
    effect: { kind: 'switch', href: `/orgs/${slug}`, org: { id, name } },
  };
}

type Action = Pick<Command, 'label' | 'icon' | 'effect' | 'words'> & { offered?: boolean };

function orgActions({ access, base }: Within): Command[] {
  const { orgId, org } = access;
  return actions([
    {
      offered: can(access, 'sandboxes:use'),
      label: 'Create a sandbox',
      words: 'new start',
      icon: <Boxes aria-hidden="true" />,
      effect: { kind: 'open', href: `${base}/sandboxes?new` },
    },
    {
      offered: can(access, 'tokens:create'),
      label: 'Create an API token',
      words: 'new key secret',
      icon: <KeyRound aria-hidden="true" />,
      effect: { kind: 'open', href: `${base}/tokens?new` },
    },
    {
      offered: can(access, 'invites:create'),
      label: 'Invite people',
      words: 'add members',
      icon: <UserPlus aria-hidden="true" />,
      effect: { kind: 'open', href: `${base}/members?invite` },
    },
    copying('Copy the organization’s id', orgId),
    copying('Copy the organization’s slug', org.slug),
  ]);
}

function ownActions({ userId, canSignOut, mayCreateOrg }: Situation): Command[] {
  return actions([
    {
      offered: mayCreateOrg,
      label: 'Create an organization',
      words: 'new company team',
      icon: <Plus aria-hidden="true" />,
      effect: { kind: 'open', href: '/orgs/new' },
    },
    copying('Copy my user id', userId),
    { label: 'Light theme', words: 'switch colour', icon: <Sun aria-hidden="true" />, effect: { kind: 'theme', theme: 'light' } },
    { label: 'Dark theme', words: 'switch colour', icon: <Moon aria-hidden="true" />, effect: { kind: 'theme', theme: 'dark' } },
    {
      label: 'Theme of the system',
      words: 'switch colour',
      icon: <Monitor aria-hidden="true" />,
      effect: { kind: 'theme', theme: 'system' },
    },
    { label: 'Keyboard shortcuts', words: 'keys help', icon: <Keyboard aria-hidden="true" />, effect: { kind: 'help' } },
    {
      offered: canSignOut,
      label: 'Sign out',
      words: 'log out leave',
      icon: <LogOut aria-hidden="true" />,
      effect: { kind: 'sign-out' },
    },
  ]);
}

function copying(label: string, value: string): Action {
  return { label, icon: <Copy aria-hidden="true" />, effect: { kind: 'copy', value } };
}

function actions(all: Action[]): Command[] {
  return all
    .filter(({ offered = true }) => offered)
    .map(({ offered: _, ...command }) => ({ id: `action ${command.label}`, group: 'Actions', ...command }));
}
