import { Boxes, Building2, Copy, Keyboard, KeyRound, LogOut, Monitor, Moon, Plus, Sun, UserPlus, UserRound } from 'lucide-react';
import type { NavItem } from '@/app/_ui/nav-links';
import type { SwitcherOrg } from '@/app/_ui/org-switcher';
import { can, type OrgAccess } from '@/lib/access/org-access';
import type { Permission } from '@/lib/access/permissions';
import * as words from '@/messages/commands';
import { roleName } from '@/messages/roles';
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

const ACCOUNT: NavItem = { href: '/account', label: words.account, icon: <UserRound aria-hidden="true" />, go: GO.account };

function pageCommand({ href, label, icon, go }: NavItem): Command {
  return { id: `page ${href}`, group: 'pages', label, icon, go, effect: { kind: 'open', href } };
}

function orgCommand({ id, slug, name, role }: SwitcherOrg): Command {
  return {
    id: `org ${id}`,
    group: 'organizations',
    label: name,
    icon: <Building2 aria-hidden="true" />,
    detail: roleName(role),
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
      label: words.createSandbox,
      words: words.createSandboxAlso,
      icon: <Boxes aria-hidden="true" />,
      effect: { kind: 'open', href: `${base}/sandboxes?new` },
    },
    {
      offered: can(access, 'tokens:create'),
      label: words.createToken,
      words: words.createTokenAlso,
      icon: <KeyRound aria-hidden="true" />,
      effect: { kind: 'open', href: `${base}/tokens?new` },
    },
    {
      offered: can(access, 'invites:create'),
      label: words.invite,
      words: words.inviteAlso,
      icon: <UserPlus aria-hidden="true" />,
      effect: { kind: 'open', href: `${base}/members?invite` },
    },
    copying(words.copyOrgId, orgId),
    copying(words.copyOrgSlug, org.slug),
  ]);
}

function ownActions({ userId, canSignOut, mayCreateOrg }: Situation): Command[] {
  return actions([
    {
      offered: mayCreateOrg,
      label: words.createOrg,
      words: words.createOrgAlso,
      icon: <Plus aria-hidden="true" />,
      effect: { kind: 'open', href: '/orgs/new' },
    },
    copying(words.copyUserId, userId),
    {
      label: words.lightTheme,
      words: words.themeAlso,
      icon: <Sun aria-hidden="true" />,
      effect: { kind: 'theme', theme: 'light' },
    },
    {
      label: words.darkTheme,
      words: words.themeAlso,
      icon: <Moon aria-hidden="true" />,
      effect: { kind: 'theme', theme: 'dark' },
    },
    {
      label: words.systemTheme,
      words: words.themeAlso,
      icon: <Monitor aria-hidden="true" />,
      effect: { kind: 'theme', theme: 'system' },
    },
    { label: words.shortcuts, words: words.shortcutsAlso, icon: <Keyboard aria-hidden="true" />, effect: { kind: 'help' } },
    {
      offered: canSignOut,
      label: words.signOut,
      words: words.signOutAlso,
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
    .map(({ offered: _, ...command }) => ({ id: `action ${command.label}`, group: 'actions', ...command }));
}
