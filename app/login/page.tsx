import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { optionalUser } from '@/lib/page/org-page';
import { safeNext, withNext } from '@/lib/page/safe-next';
import { readSessionEnded } from '@/lib/page/session-ended-note';
import { signUpOffer } from '@/lib/page/sign-up-offer';
import { redirectStrayCallback, type SearchParams } from '@/lib/page/stray-callback';
import { publicConfig } from '@/lib/public-config';
import { isSetupOpen } from '@/lib/setup/is-setup-open';
import { type AuthSettings, fetchAuthSettings } from '@/lib/supabase/fetch-auth-settings';
import * as words from '@/messages/login';
import { roleName } from '@/messages/roles';
import { ErrorNote } from '../_ui/error-note';
import { FocusPage } from '../_ui/focus-page';
import { Note } from '../_ui/note';
import { PlainLink } from '../_ui/plain-link';
import { FragmentForward } from '../auth/_parts/fragment-forward';
import { providersOf } from '../auth/_parts/providers-of';
import { waitingInvite } from '../auth/_parts/waiting-invite';
import { ArrivalNote } from './arrival-note';
import { LoginForm } from './login-form';
import { OidcLogin } from './oidc-login';

export const metadata: Metadata = { title: words.title };

// While the auth server is away nobody knows what it offers; e-mail is what nearly every project has.
const ASSUMED: AuthSettings = {
  emailEnabled: true,
  signupDisabled: false,
  autoConfirm: false,
  providers: [],
  samlEnabled: false,
};

export default async function LoginPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = await searchParams;
  redirectStrayCallback(query);
  // OpenID Connect providers bring it back as `state` after their sign-out.
  const next = safeNext(query.next ?? query.state);
  // An outage of the key server must not hide the form; the sign-in itself will tell.
  const user = await optionalUser().catch(() => null);
  if (user) redirect(next);

  if (publicConfig().authMode === 'oidc') return <OidcPage next={next} reason={query.reason} />;
  const [known, invite, ended, settingUp] = await Promise.all([
    fetchAuthSettings(),
    waitingInvite(next),
    readSessionEnded(),
    isSetupOpen().catch(() => false),
  ]);
  const settings = known ?? ASSUMED;
  const maySignUp = signUpOffer(settings, { invited: invite !== null, settingUp }).open;
  return (
    <FocusPage
      title={invite ? words.joinTitle(invite.orgName) : words.title}
      description={invite && words.invited(roleName(invite.role), invite.email)}
      footer={
        maySignUp ? words.newHere((text) => <PlainLink href={withNext('/signup', next)}>{text}</PlainLink>) : words.noAccount
      }
    >
      <FragmentForward next={next} />
      <ArrivalNote reason={ended ?? query.reason} />
      {settingUp && (
        <AwaitsOwner>
          {maySignUp
            ? words.signUpFirst((text) => <PlainLink href={withNext('/signup', '/setup')}>{text}</PlainLink>)
            : words.signInFirst}
        </AwaitsOwner>
      )}
      {!known && <ErrorNote className="mb-5" message={words.outage} hint={words.outageHint} />}
      {!settings.emailEnabled && settings.providers.length === 0 && !settings.samlEnabled && (
        <ErrorNote message={words.noWay} hint={words.noWayHint} />
      )}
      <LoginForm
        next={next}
        providers={providersOf(settings)}
        emailEnabled={settings.emailEnabled}
        ssoEnabled={settings.samlEnabled}
        linkMakesAccount={maySignUp && invite !== null}
        forgotHref={withNext('/auth/forgot', next)}
      />
    </FocusPage>
  );
}

async function OidcPage({ next, reason }: { next: string; reason: unknown }) {
  const [invite, ended, settingUp] = await Promise.all([
    waitingInvite(next),
    readSessionEnded(),
    isSetupOpen().catch(() => false),
  ]);
  return (
    <FocusPage
      title={invite ? words.joinTitle(invite.orgName) : words.title}
      description={invite && words.invited(roleName(invite.role), invite.email)}
      footer={words.noAccountAtProvider}
    >
      <ArrivalNote reason={ended ?? reason} />
      {settingUp && <AwaitsOwner>{words.signInFirst}</AwaitsOwner>}
      <OidcLogin next={next} />
    </FocusPage>
  );
}

/** On a fresh server: what its operator, who has just started it, does next. */
function AwaitsOwner({ children }: { children: ReactNode }) {
  return (
    <Note tone="info" title={words.awaitsOwner} className="mb-5">
      {children}
    </Note>
  );
}
