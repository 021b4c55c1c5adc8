import { BookOpen, ChartLine, Gauge, KeyRound, LayoutGrid, ScrollText, Settings, Stethoscope, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { AppShell } from '@/app/_ui/app-shell';
import { can } from '@/lib/access/org-access';
import { operatesServer } from '@/lib/access/server-access';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { mayCreateOrg } from '@/lib/orgs/may-create-org';
import { orgFrame } from '@/lib/page/org-page';
import { publicConfig } from '@/lib/public-config';
import { orgPath } from '../_parts/org-path';
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
  const base = `/orgs/${segment}`;
  const nav = [
    { href: base, label: 'Overview', icon: <LayoutGrid aria-hidden="true" />, exact: true, shown: true },
    { href: `${base}/members`, label: 'Members', icon: <Users aria-hidden="true" />, shown: can(access, 'members:read') },
    { href: `${base}/tokens`, label: 'API tokens', icon: <KeyRound aria-hidden="true" />, shown: can(access, 'tokens:read') },
    {
      href: `${base}/observability`,
      label: 'Observability',
      icon: <ChartLine aria-hidden="true" />,
      shown: can(access, 'metrics:read'),
    },
    { href: `${base}/usage`, label: 'Usage', icon: <Gauge aria-hidden="true" />, shown: can(access, 'usage:read') },
    { href: `${base}/audit`, label: 'Audit log', icon: <ScrollText aria-hidden="true" />, shown: can(access, 'audit:read') },
    { href: `${base}/settings`, label: 'Settings', icon: <Settings aria-hidden="true" />, shown: can(access, 'org:update') },
    { href: '/admin/doctor', label: 'Doctor', icon: <Stethoscope aria-hidden="true" />, shown: operates },
    { href: '/docs', label: 'API reference', icon: <BookOpen aria-hidden="true" />, shown: true },
  ];
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
      nav={nav.filter(({ shown }) => shown).map(({ href, label, icon, exact }) => ({ href, label, icon, exact }))}
      stubMode={publicConfig().authMode === 'stub'}
      switcher={<SwitchOrg orgs={choices} currentOrg={current} createHref={mayCreate ? '/orgs/new' : null} />}
    >
      {children}
    </AppShell>
  );
}
