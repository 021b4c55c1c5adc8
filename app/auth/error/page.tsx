import type { Metadata } from 'next';
import { ButtonLink } from '@/app/_ui/button-link';
import { FocusPage } from '@/app/_ui/focus-page';
import { safeNext, withNext } from '@/lib/page/safe-next';
import type { SearchParams } from '@/lib/page/stray-callback';
import { readLinkReason } from '@/lib/supabase/link-reason';
import { FragmentForward } from '../_parts/fragment-forward';
import { LINK_WORDS } from './link-words';

export const metadata: Metadata = { title: 'Sign-in did not finish' };

export default async function AuthErrorPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = await searchParams;
  const next = safeNext(query.next);
  const { title, text, step } = LINK_WORDS[readLinkReason(query.reason)];
  return (
    <FocusPage title={title} description={text}>
      <FragmentForward next={next} known={query.reason !== undefined} />
      <div className="flex flex-wrap gap-2">
        <ButtonLink variant="primary" href={withNext('/login', next)}>
          {step}
        </ButtonLink>
        <ButtonLink variant="ghost" href="/">
          Start page
        </ButtonLink>
      </div>
    </FocusPage>
  );
}
