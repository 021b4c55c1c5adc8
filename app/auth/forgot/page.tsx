import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { FocusPage } from '@/app/_ui/focus-page';
import { PlainLink } from '@/app/_ui/plain-link';
import { safeNext, withNext } from '@/lib/page/safe-next';
import type { SearchParams } from '@/lib/page/stray-callback';
import { publicConfig } from '@/lib/public-config';
import * as words from '@/messages/forgot-password';
import { ForgotForm } from './forgot-form';

export const metadata: Metadata = { title: words.pageTitle };

export default async function ForgotPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const next = safeNext((await searchParams).next);
  if (publicConfig().authMode === 'oidc') redirect(withNext('/login', next));
  return (
    <FocusPage
      title={words.title}
      description={words.description}
      footer={words.remembered((text) => <PlainLink href={withNext('/login', next)}>{text}</PlainLink>)}
    >
      <ForgotForm afterLink={withNext('/auth/set-password', next)} />
    </FocusPage>
  );
}
