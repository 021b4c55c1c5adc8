import type { Metadata } from 'next';
import { ButtonLink } from '@/app/_ui/button-link';
import { FocusPage } from '@/app/_ui/focus-page';
import { safeNext, withNext } from '@/lib/page/safe-next';
import type { SearchParams } from '@/lib/page/stray-callback';
import { readLinkReason } from '@/lib/supabase/link-reason';
import * as words from '@/messages/auth-error';
import * as common from '@/messages/common';
import { FragmentForward } from '../_parts/fragment-forward';

export const metadata: Metadata = { title: words.pageTitle };

export default async function AuthErrorPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = await searchParams;
  const next = safeNext(query.next);
  const { title, text, step } = words.reasons[readLinkReason(query.reason)];
  return (
    <FocusPage title={title} description={text}>
      <FragmentForward next={next} known={query.reason !== undefined} />
      <div className="flex flex-wrap gap-2">
        <ButtonLink variant="primary" href={withNext('/login', next)}>
          {step}
        </ButtonLink>
        <ButtonLink variant="ghost" href="/">
          {common.startPage}
        </ButtonLink>
      </div>
    </FocusPage>
  );
}
