import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { AppShell } from '@/app/_ui/app-shell';
import type { NavItem } from '@/app/_ui/nav-links';
import { CommandCenter } from '@/app/orgs/_parts/commands/command-center';
import { listCommands, searchedIn } from '@/app/orgs/_parts/commands/list-commands';
import { orgPath } from '@/app/orgs/_parts/org-path';
import { switcherOrgs } from '@/app/orgs/_parts/switcher-orgs';
import { orgNav } from '@/app/orgs/[org]/_parts/org-nav';
import { operatesServer } from '@/lib/access/server-access';
import type { UserActor } from '@/lib/auth/actor';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { mayCreateOrg } from '@/lib/orgs/may-create-org';
import { orgFrame } from '@/lib/page/org-page';
import { publicConfig } from '@/lib/public-config';
import * as words from '@/messages/account';
import * as common from '@/messages/common';

interface AccountShellProps {
  user: UserActor;
  nav: NavItem[];
  children: ReactNode;
}

/** The frame of pages that belong to no organization: the same as an organization's, with the way back to it on top. */
export async function AccountShell({ user, nav, children }: AccountShellProps) {
  const [{ orgs, currentOrg }, mayCreate] = await Promise.all([listOrgs(user), mayCreateOrg(user)]);
  const choices = switcherOrgs(orgs);
  const back = currentOrg
    ? { href: orgPath(currentOrg), label: words.backTo(currentOrg.name), icon: <ArrowLeft aria-hidden="true" />, exact: true }
    : { href: '/', label: common.startPage, icon: <ArrowLeft aria-hidden="true" />, exact: true };
  const stubMode = publicConfig().authMode === 'stub';
  const within = currentOrg && (await reach(currentOrg));
  const { email, userId } = user;
  // The reference, the doctor and the like stand in both.
  const pages = [...(within?.pages ?? []), ...nav].filter(
    ({ href }, index, all) => all.findIndex((page) => page.href === href) === index,
  );
  const commands = listCommands({ userId, canSignOut: !stubMode, mayCreateOrg: mayCreate, orgs: choices, pages, within });
  return (
    <CommandCenter commands={commands} within={within && searchedIn(within)} userId={userId}>
      <AppShell
        account={{ email, userId }}
        orgs={choices}
        currentOrg={choices.find(({ id }) => id === currentOrg?.id) ?? null}
        nav={[back, ...nav]}
        stubMode={stubMode}
        createHref={mayCreate ? '/orgs/new' : null}
      >
        {children}
      </AppShell>
    </CommandCenter>
  );
}

/** The org that keys and search lead to from here; null where its second factor is owed first. */
async function reach(org: { id: string; slug: string }) {
  const frame = await orgFrame(Promise.resolve({ org: org.id }));
  if (!frame) return null;
  const base = orgPath(org);
  return { access: frame.access, base, pages: orgNav(frame.access, base, await operatesServer(frame.access)) };
}
