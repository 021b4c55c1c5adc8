import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { optionalUser } from '@/lib/page/org-page';
import { safeNext, withNext } from '@/lib/page/safe-next';
import { type SignUpOffer, signUpOffer } from '@/lib/page/sign-up-offer';
import { redirectStrayCallback, type SearchParams } from '@/lib/page/stray-callback';
import { publicConfig } from '@/lib/public-config';
import { isSetupOpen } from '@/lib/setup/is-setup-open';
import { fetchAuthSettings } from '@/lib/supabase/fetch-auth-settings';
import { FocusPage } from '../_ui/focus-page';
import { Note } from '../_ui/note';
import { TextLink } from '../_ui/text-link';
import { FragmentForward } from '../auth/_parts/fragment-forward';
import { waitingInvite } from '../auth/_parts/waiting-invite';
import { SignupForm } from './signup-form';

export const metadata: Metadata = { title: 'Create an account' };

const CLOSED: Record<Extract<SignUpOffer, { open: false }>['why'], { title: string; children: string }> = {
  server: { title: 'New accounts cannot be made here', children: 'The operator of this server makes them. Ask them for one.' },
  policy: { title: 'This server takes no new people', children: 'Ask its operator for an account.' },
  invite: {
    title: 'New people come here by invitation',
    children: 'Ask somebody in your organization to invite you, then open the link in that mail.',
  },
};

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
      title={invite ? `Create an account to join ${invite.orgName}` : 'Create an account'}
      description={invite && `Use ${invite.email}, the address the invitation was sent to.`}
      footer={
        <>
          Have an account? <TextLink href={withNext('/login', next)}>Sign in</TextLink>
        </>
      }
    >
      <FragmentForward next={next} />
      {offer.open ? <SignupForm next={next} domains={offer.domains} /> : <Note {...CLOSED[offer.why]} />}
    </FocusPage>
  );
}
