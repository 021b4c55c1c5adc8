import { ArrowLeft, Laptop, ShieldCheck, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { AppShell } from '@/app/_ui/app-shell';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { mayCreateOrg } from '@/lib/orgs/may-create-org';
import { optionalUser } from '@/lib/page/org-page';
import { publicConfig } from '@/lib/public-config';
import { orgPath } from '../orgs/_parts/org-path';

/** The frame of an account's pages: the same as an organization's, with the way back to it on top. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const user = await optionalUser();
  // The page below knows its own path, so it is the one to send people to /login and back.
  if (!user) return children;
  const [{ orgs, currentOrg }, mayCreate] = await Promise.all([listOrgs(user), mayCreateOrg(user)]);
  const { authMode } = publicConfig();
  const choices = orgs.map(({ id, slug, name, role }) => ({
    id,
    slug: orgPath({ id, slug }).slice('/orgs/'.length),
    name,
    role,
  }));
  const back = currentOrg
    ? { href: orgPath(currentOrg), label: `Back to ${currentOrg.name}`, icon: <ArrowLeft aria-hidden="true" />, exact: true }
    : { href: '/', label: 'Start page', icon: <ArrowLeft aria-hidden="true" />, exact: true };
  const own = [
    { href: '/account', label: 'Profile', icon: <UserRound aria-hidden="true" />, exact: true },
    { href: '/account/security', label: 'Security', icon: <ShieldCheck aria-hidden="true" /> },
    { href: '/account/sessions', label: 'Sessions', icon: <Laptop aria-hidden="true" /> },
  ];
  return (
    <AppShell
      account={{ email: user.email, userId: user.userId }}
      orgs={choices}
      currentOrg={choices.find(({ id }) => id === currentOrg?.id) ?? null}
      nav={[back, ...(authMode === 'supabase' ? own : own.slice(0, 1))]}
      stubMode={authMode === 'stub'}
      createHref={mayCreate ? '/orgs/new' : null}
    >
      {children}
    </AppShell>
  );
}
