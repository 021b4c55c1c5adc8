import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Button } from '@/app/_ui/button';
import { FocusPage } from '@/app/_ui/focus-page';
import { safeNext, withNext } from '@/lib/page/safe-next';
import type { SearchParams } from '@/lib/page/stray-callback';
import * as common from '@/messages/common';
import * as words from '@/messages/confirm';

export const metadata: Metadata = { title: words.pageTitle };

/** For mail templates with {{ .TokenHash }}. Opening it does nothing: mail scanners open every link; people click. */
export default async function ConfirmPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = await searchParams;
  const next = safeNext(query.next);
  const { token_hash: tokenHash, type } = query;
  if (typeof tokenHash !== 'string' || typeof type !== 'string' || !Object.hasOwn(words.titles, type)) {
    redirect(withNext('/auth/error', next, { reason: 'malformed' }));
  }
  return (
    <FocusPage title={words.titles[type]} description={words.description}>
      <form method="post" action="/auth/confirm/verify">
        <input type="hidden" name="token_hash" value={tokenHash} />
        <input type="hidden" name="type" value={type} />
        <input type="hidden" name="next" value={next} />
        <Button type="submit" variant="primary" size="lg" className="w-full">
          {common.goOn}
        </Button>
      </form>
    </FocusPage>
  );
}
