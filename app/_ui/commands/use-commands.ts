'use client';

import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import type { NavItem } from '../nav-links';
import type { SwitcherOrg } from '../org-switcher';
import { toast } from '../toast';
import type { Command } from './command';

/** Something new that a person may make, and the page that has the form for it. */
export interface Creation {
  kind: 'sandbox' | 'invite' | 'token';
  label: string;
  href: string;
}

export interface CommandSources {
  nav: readonly NavItem[];
  orgs: readonly SwitcherOrg[];
  currentOrg: SwitcherOrg | null;
  account: { email: string; userId: string };
  creations: readonly Creation[];
  canSignOut: boolean;
}

/** All that can be done from the page that is open, for who is looking at it. */
export function useCommands({ nav, orgs, currentOrg, account, creations, canSignOut }: CommandSources): Command[] {
  const router = useRouter();
  const { setTheme } = useTheme();
  const act = (id: string, label: string, run: () => void): Command => ({ id: `do ${id}`, group: 'Do', label, run });
  return [
    ...creations.map(({ kind, label, href }) => act(`create ${kind}`, label, () => createHere(kind) || router.push(href))),
    ...nav.map(({ href, label, icon, keys }): Command => {
      return { id: `go ${href}`, group: 'Go to', label, icon, keys: keys && `g ${keys}`, run: () => router.push(href) };
    }),
    { id: 'go /account', group: 'Go to', label: 'Account', keys: 'g y', run: () => router.push('/account') },
    ...orgs
      .filter(({ id }) => id !== currentOrg?.id)
      .map(({ id, slug, name, role }): Command => {
        return { id: `org ${id}`, group: 'Organizations', label: name, detail: role, run: () => router.push(`/orgs/${slug}`) };
      }),
    ...(currentOrg ? [act('copy org', `Copy the id of ${currentOrg.name}`, () => copy(currentOrg.id))] : []),
    act('copy user', 'Copy my user id', () => copy(account.userId)),
    act('light', 'Use the light theme', () => setTheme('light')),
    act('dark', 'Use the dark theme', () => setTheme('dark')),
    act('system', 'Follow the theme of the system', () => setTheme('system')),
    ...(canSignOut ? [act('sign out', 'Sign out', signOut)] : []),
  ];
}

/** Presses the page's own button for something new, `<Button data-create="token">`. False where there is none. */
export function createHere(kind?: Creation['kind']): boolean {
  const button = document.querySelector<HTMLElement>(kind ? `[data-create="${kind}"]` : '[data-create]');
  button?.click();
  return button !== null;
}

function copy(text: string): void {
  navigator.clipboard.writeText(text).then(
    () => toast.success('Copied'),
    () => toast.error('The browser did not allow copying'),
  );
}

/** A POST, like the button's. */
function signOut(): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/auth/sign-out';
  document.body.append(form);
  form.submit();
}
