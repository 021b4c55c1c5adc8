import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { AppShell } from '@/app/_ui/app-shell';
import type { NavItem } from '@/app/_ui/nav-links';
import { orgPath } from '@/app/orgs/_parts/org-path';
import type { UserActor } from '@/lib/auth/actor';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { mayCreateOrg } from '@/lib/orgs/may-create-org';
import { publicConfig } from '@/lib/public-config';

interface AccountShellProps {
  user: UserActor;
  nav: NavItem[];
  children: ReactNode;
}

/** The frame of pages that belong to no organization: the same as an organization's, with the way back to it on top. */
export async function AccountShell({ user, nav, children }: AccountShellProps) {
  const [{ orgs, currentOrg }, mayCreate] = await Promise.all([listOrgs(user), mayCreateOrg(user)]);
  const choices = orgs.map(({ id, slug, name, role }) => ({
    id,
    slug: orgPath({ id, slug }).slice('/orgs/'.length),
    name,
    role,
  }));
  const back = currentOrg
    ? { href: orgPath(currentOrg), label: `Back to ${currentOrg.name}`, icon: <ArrowLeft aria-hidden="true" />, exact: true }
    : { href: '/', label: 'Start page', icon: <ArrowLeft aria-hidden="true" />, exact: true };
  return (
    <AppShell
      account={{ email: user.email, userId: user.userId }}
      orgs={choices}
      currentOrg={choices.find(({ id }) => id === currentOrg?.id) ?? null}
      nav={[back, ...nav]}
      stubMode={publicConfig().authMode === 'stub'}
      createHref={mayCreate ? '/orgs/new' : null}
    >
      {children}
    </AppShell>
  );
}
