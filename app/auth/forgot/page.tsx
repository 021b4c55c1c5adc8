import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { FocusPage } from '@/app/_ui/focus-page';
import { TextLink } from '@/app/_ui/text-link';
import { safeNext, withNext } from '@/lib/page/safe-next';
import type { SearchParams } from '@/lib/page/stray-callback';
import { publicConfig } from '@/lib/public-config';
import { ForgotForm } from './forgot-form';

export const metadata: Metadata = { title: 'Forgot password' };

export default async function ForgotPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const next = safeNext((await searchParams).next);
  if (publicConfig().authMode === 'oidc') redirect(withNext('/login', next));
  return (
    <FocusPage
      title="Forgot your password?"
      description="We mail you a link that signs you in; then you choose a new one."
      footer={
        <>
          Remembered it? <TextLink href={withNext('/login', next)}>Sign in</TextLink>
        </>
      }
    >
      <ForgotForm afterLink={withNext('/auth/set-password', next)} />
    </FocusPage>
  );
}
