import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { FocusPage } from '@/app/_ui/focus-page';
import { TextLink } from '@/app/_ui/text-link';
import { userPage } from '@/lib/page/org-page';
import { safeNext, withNext } from '@/lib/page/safe-next';
import type { SearchParams } from '@/lib/page/stray-callback';
import { publicConfig } from '@/lib/public-config';
import { SetPasswordForm } from './set-password-form';

export const metadata: Metadata = { title: 'Choose a password' };

export default async function SetPasswordPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const next = safeNext((await searchParams).next);
  if (publicConfig().authMode === 'stub') redirect(next);
  const user = await userPage(withNext('/auth/set-password', next));
  return (
    <FocusPage
      title="Choose a password"
      description={`For ${user.email}. Your other sessions end when you save it.`}
      footer={<TextLink href={next}>Not now</TextLink>}
    >
      <SetPasswordForm email={user.email} next={next} />
    </FocusPage>
  );
}
