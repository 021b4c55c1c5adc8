import { Server, Stethoscope } from 'lucide-react';
import type { ReactNode } from 'react';
import { AccountShell } from '@/app/account/_parts/account-shell';
import { authorizeServer } from '@/lib/access/server-access';
import { DomainError } from '@/lib/errors';
import { optionalUser } from '@/lib/page/org-page';
import * as words from '@/messages/admin';

const NAV = [
  { href: '/admin/doctor', label: words.doctor, icon: <Stethoscope aria-hidden="true" /> },
  { href: '/admin/agents', label: words.agents, icon: <Server aria-hidden="true" /> },
];

/** Frames the pages about the whole server for those who may see them; the page itself turns everybody else away. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const user = await optionalUser();
  if (!user) return children;
  const access = await authorizeServer(user, 'server:examine').catch(nullIfRefused);
  if (!access) return children;
  return (
    <AccountShell user={user} nav={NAV}>
      {children}
    </AccountShell>
  );
}

function nullIfRefused(error: unknown): null {
  if (error instanceof DomainError && error.status < 500) return null;
  throw error;
}
