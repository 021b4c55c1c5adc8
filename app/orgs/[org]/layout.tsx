import type { ReactNode } from 'react';
import { AppShell } from '@/app/_ui/app-shell';
import { operatesServer } from '@/lib/access/server-access';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { mayCreateOrg } from '@/lib/orgs/may-create-org';
import { orgFrame } from '@/lib/page/org-page';
import { publicConfig } from '@/lib/public-config';
import { orgPath } from '../_parts/org-path';
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
  const choices = orgs.map(({ id, slug, name, role }) => ({
    id,
    slug: orgPath({ id, slug }).slice('/orgs/'.length),
    name,
    role,
  }));
  const current = choices.find(({ id }) => id === access.orgId) ?? null;
  return (
    <AppShell
      account={{ email: user.email, userId: user.userId }}
      orgs={choices}
      currentOrg={current}
      nav={orgNav(access, `/orgs/${segment}`, operates)}
      stubMode={publicConfig().authMode === 'stub'}
      switcher={<SwitchOrg orgs={choices} currentOrg={current} createHref={mayCreate ? '/orgs/new' : null} />}
    >
      {children}
    </AppShell>
  );
}
