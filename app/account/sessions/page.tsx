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
import { methodName } from './method-name';
import { SignOutRow } from './sign-out-row';

export const metadata: Metadata = { title: 'Sessions' };

/** Needs the token alone, so that signing out stays possible while the auth server is away. */
export default async function SessionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { accessToken, aal } = await userPage('/account/sessions');
  if (publicConfig().authMode !== 'supabase' || accessToken === null) redirect('/account');
  const { since, methods } = sessionFacts(accessToken);
  const { others } = await searchParams;
  return (
    <>
      <PageHeader title="Sessions" description="Where you are signed in, and how to end it." />
      <div className="flex max-w-2xl flex-col gap-5">
        <OthersEnded outcome={others} />
        <Card
          title="This browser"
          actions={aal === 'aal2' ? <Badge tone="accent">Two factors</Badge> : <Badge>One factor</Badge>}
        >
          <p className="text-sm">
            Signed in {since && <RelativeTime date={since} />}
            {methods.length > 0 && ` with ${methods.map(methodName).join(' and ')}`}.
          </p>
          <p className="mt-1 text-muted text-sm">
            The sign-in service keeps no list of your other sessions; it can end them all.
          </p>
        </Card>
        <Card title="Sign out" flush>
          <ul className="divide-y">
            <SignOutRow scope="local" label="Sign out here" text="Ends the session of this browser. Others stay signed in." />
            <SignOutRow
              scope="others"
              label="Sign out all others"
              text="Ends every session but this one. What changes anything is refused to them at once; they may still read for up to an hour."
            />
            <SignOutRow
              scope="global"
              label="Sign out everywhere"
              text="Ends every session, this one too. Reading may go on elsewhere for up to an hour, until the tokens run out."
            />
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
        All other sessions were ended.
      </Note>
    );
  }
  if (outcome !== 'unknown') return null;
  return (
    <Note role="status" tone="warn" title="It is not known whether the others were ended">
      The sign-in service did not confirm it. Try again in a few seconds; this browser stays signed in.
    </Note>
  );
}
