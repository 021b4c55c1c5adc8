import { Laptop, ShieldCheck, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { GO } from '@/app/orgs/_parts/commands/shortcuts';
import { optionalUser } from '@/lib/page/org-page';
import { publicConfig } from '@/lib/public-config';
import * as words from '@/messages/account';
import { AccountShell } from './_parts/account-shell';

const PROFILE = { href: '/account', label: words.profile, icon: <UserRound aria-hidden="true" />, exact: true, go: GO.account };
const OWN = [
  PROFILE,
  { href: '/account/security', label: words.security, icon: <ShieldCheck aria-hidden="true" /> },
  { href: '/account/sessions', label: words.sessions, icon: <Laptop aria-hidden="true" /> },
];

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const user = await optionalUser();
  // The page below knows its own path, so it is the one to send people to /login and back.
  if (!user) return children;
  return (
    <AccountShell user={user} nav={publicConfig().authMode === 'supabase' ? OWN : [PROFILE]}>
      {children}
    </AccountShell>
  );
}
