import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { FocusPage } from '@/app/_ui/focus-page';
import { PlainLink } from '@/app/_ui/plain-link';
import { userPage } from '@/lib/page/org-page';
import { safeNext, withNext } from '@/lib/page/safe-next';
import type { SearchParams } from '@/lib/page/stray-callback';
import { publicConfig } from '@/lib/public-config';
import * as common from '@/messages/common';
import * as words from '@/messages/set-password';
import { readAccount } from '../../account/_parts/account-page';
import { SetPasswordForm } from './set-password-form';

export const metadata: Metadata = { title: words.title };

export default async function SetPasswordPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const next = safeNext((await searchParams).next);
  if (publicConfig().authMode !== 'supabase') redirect(next);
  const user = await userPage(withNext('/auth/set-password', next));
  const { account } = await readAccount(user);
  // The auth server refuses a new password to a session that owes its second factor.
  const enrolled = account?.factors.some(({ verified }) => verified) ?? false;
  if (enrolled && user.aal !== 'aal2') redirect(withNext('/mfa', withNext('/auth/set-password', next)));
  return (
    <FocusPage
      title={words.title}
      description={words.description(user.email)}
      footer={<PlainLink href={next}>{common.notNow}</PlainLink>}
    >
      <SetPasswordForm email={user.email} next={next} />
    </FocusPage>
  );
}
