import type { ReactNode } from 'react';
import { AppShell } from '@/app/_ui/app-shell';
import { operatesServer } from '@/lib/access/server-access';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { mayCreateOrg } from '@/lib/orgs/may-create-org';
import { orgFrame } from '@/lib/page/org-page';
import { publicConfig } from '@/lib/public-config';
import { CommandCenter } from '../_parts/commands/command-center';
import { listCommands, searchedIn } from '../_parts/commands/list-commands';
import { switcherOrgs } from '../_parts/switcher-orgs';
import { orgNav } from './_parts/org-nav';
import { SwitchOrg } from './_parts/switch-org';

interface OrgLayoutProps {
  params: Promise<{ org: string }>;
  children: ReactNode;
}

export default async function OrgLayout({ params, children }: OrgLayoutProps) {
  const frame = await orgFrame(params);
  if (!frame) return children;
  const { user, access } = frame;
  const [{ org: segment }, { orgs }, mayCreate, operates] = await Promise.all([
    params,
    listOrgs(user),
    mayCreateOrg(user),
    operatesServer(access),
  ]);
  const choices = switcherOrgs(orgs);
  const current = choices.find(({ id }) => id === access.orgId) ?? null;
  const stubMode = publicConfig().authMode === 'stub';
  const within = { access, base: `/orgs/${segment}` };
  const nav = orgNav(access, within.base, operates);
  const { email, userId } = user;
  const commands = listCommands({ userId, canSignOut: !stubMode, mayCreateOrg: mayCreate, orgs: choices, pages: nav, within });
  return (
    <CommandCenter commands={commands} within={searchedIn(within)} userId={userId}>
      <AppShell
        account={{ email, userId }}
        orgs={choices}
        currentOrg={current}
        nav={nav}
        stubMode={stubMode}
        switcher={<SwitchOrg orgs={choices} currentOrg={current} createHref={mayCreate ? '/orgs/new' : null} />}
      >
        {children}
      </AppShell>
    </CommandCenter>
  );
}
