import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { optionalUser } from '@/lib/page/org-page';
import { safeNext, withNext } from '@/lib/page/safe-next';
import { signUpOffer } from '@/lib/page/sign-up-offer';
import { redirectStrayCallback, type SearchParams } from '@/lib/page/stray-callback';
import { publicConfig } from '@/lib/public-config';
import { isSetupOpen } from '@/lib/setup/is-setup-open';
import { fetchAuthSettings } from '@/lib/supabase/fetch-auth-settings';
import * as words from '@/messages/signup';
import { FocusPage } from '../_ui/focus-page';
import { Note } from '../_ui/note';
import { PlainLink } from '../_ui/plain-link';
import { FragmentForward } from '../auth/_parts/fragment-forward';
import { providersOf } from '../auth/_parts/providers-of';
import { waitingInvite } from '../auth/_parts/waiting-invite';
import { SignupForm } from './signup-form';

export const metadata: Metadata = { title: words.title };

export default async function SignupPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = await searchParams;
  redirectStrayCallback(query);
  const next = safeNext(query.next);
  // OpenID Connect providers make their accounts themselves.
  if (publicConfig().authMode === 'oidc') redirect(withNext('/login', next));
  const user = await optionalUser().catch(() => null);
  if (user) redirect(next);

  const [settings, invite, settingUp] = await Promise.all([
    fetchAuthSettings(),
    waitingInvite(next),
    isSetupOpen().catch(() => false),
  ]);
  const offer = signUpOffer(settings, { invited: invite !== null, settingUp });
  return (
    <FocusPage
      title={invite ? words.joinTitle(invite.orgName) : words.title}
      description={invite && words.invited(invite.email)}
      footer={words.haveAccount((text) => <PlainLink href={withNext('/login', next)}>{text}</PlainLink>)}
    >
      <FragmentForward next={next} />
      {offer.open ? (
        <SignupForm next={next} domains={offer.domains} providers={providersOf(settings ?? { providers: [] })} />
      ) : (
        <Note {...words.closed[offer.why]} />
      )}
    </FocusPage>
  );
}
