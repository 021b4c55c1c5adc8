import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Badge } from '@/app/_ui/badge';
import { Card } from '@/app/_ui/card';
import { Note } from '@/app/_ui/note';
import { PageHeader } from '@/app/_ui/page-header';
import { RelativeTime } from '@/app/_ui/relative-time';
import { userPage } from '@/lib/page/org-page';
import type { SearchParams } from '@/lib/page/stray-callback';
import { publicConfig } from '@/lib/public-config';
import { sessionFacts } from '@/lib/supabase/session-facts';
import * as words from '@/messages/account-sessions';
import { methodName } from './method-name';
import { SignOutRow } from './sign-out-row';

export const metadata: Metadata = { title: words.title };

/** Needs the token alone, so that signing out stays possible while the auth server is away. */
export default async function SessionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { accessToken, aal } = await userPage('/account/sessions');
  if (publicConfig().authMode !== 'supabase' || accessToken === null) redirect('/account');
  const { since, methods } = sessionFacts(accessToken);
  const { others } = await searchParams;
  return (
    <>
      <PageHeader title={words.title} description={words.description} />
      <div className="flex max-w-2xl flex-col gap-5">
        <OthersEnded outcome={others} />
        <Card
          title={words.thisBrowser}
          actions={aal === 'aal2' ? <Badge tone="accent">{words.twoFactors}</Badge> : <Badge>{words.oneFactor}</Badge>}
        >
          <p className="text-sm">{words.signedIn(since && <RelativeTime date={since} />, methods.map(methodName))}</p>
          <p className="mt-1 text-muted text-sm">{words.noList}</p>
        </Card>
        <Card title={words.signOut} flush>
          <ul className="divide-y">
            <SignOutRow scope="local" label={words.here} text={words.hereHint} />
            <SignOutRow scope="others" label={words.others} text={words.othersHint} />
            <SignOutRow scope="global" label={words.everywhere} text={words.everywhereHint} />
          </ul>
        </Card>
      </div>
    </>
  );
}

function OthersEnded({ outcome }: { outcome: unknown }) {
  if (outcome === 'ended') {
    return (
      <Note role="status" tone="accent">
        {words.othersEnded}
      </Note>
    );
  }
  if (outcome !== 'unknown') return null;
  return (
    <Note role="status" tone="warn" title={words.othersUnknown}>
      {words.othersUnknownHint}
    </Note>
  );
}
