import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Button } from '@/app/_ui/button';
import { FocusPage } from '@/app/_ui/focus-page';
import { safeNext, withNext } from '@/lib/page/safe-next';
import type { SearchParams } from '@/lib/page/stray-callback';

export const metadata: Metadata = { title: 'Confirm' };

const TITLES: Record<string, string> = {
  signup: 'Confirm your address',
  invite: 'Accept your account',
  magiclink: 'Sign in',
  email: 'Sign in',
  recovery: 'Choose a new password',
  email_change: 'Confirm your new address',
};

/** For mail templates with {{ .TokenHash }}. Opening it does nothing: mail scanners open every link; people click. */
export default async function ConfirmPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = await searchParams;
  const next = safeNext(query.next);
  const { token_hash: tokenHash, type } = query;
  if (typeof tokenHash !== 'string' || typeof type !== 'string' || !Object.hasOwn(TITLES, type)) {
    redirect(withNext('/auth/error', next, { reason: 'malformed' }));
  }
  return (
    <FocusPage title={TITLES[type]} description="One click finishes it.">
      <form method="post" action="/auth/confirm/verify">
        <input type="hidden" name="token_hash" value={tokenHash} />
        <input type="hidden" name="type" value={type} />
        <input type="hidden" name="next" value={next} />
        <Button type="submit" variant="primary" size="lg" className="w-full">
          Continue
        </Button>
      </form>
    </FocusPage>
  );
}
