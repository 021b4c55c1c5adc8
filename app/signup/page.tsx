import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { optionalUser } from '@/lib/page/org-page';
import { safeNext, withNext } from '@/lib/page/safe-next';
import type { SearchParams } from '@/lib/page/stray-callback';
import { publicConfig } from '@/lib/public-config';
import { fetchAuthSettings } from '@/lib/supabase/fetch-auth-settings';
import { FocusPage } from '../_ui/focus-page';
import { Note } from '../_ui/note';
import { TextLink } from '../_ui/text-link';
import { waitingInvite } from '../auth/_parts/waiting-invite';
import { SignupForm } from './signup-form';

export const metadata: Metadata = { title: 'Create an account' };

export default async function SignupPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const next = safeNext((await searchParams).next);
  const user = await optionalUser().catch(() => null);
  if (user) redirect(next);

  const [settings, invite] = await Promise.all([fetchAuthSettings(), waitingInvite(next)]);
  const closedByServer = settings?.signupDisabled === true || settings?.emailEnabled === false;
  const open = (publicConfig().signupOpen || invite !== null) && !closedByServer;
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
      {open ? (
        <SignupForm next={next} />
      ) : (
        <Note title="Accounts are made by invitation here">
          {closedByServer
            ? 'The operator has closed sign-up. Ask them for an account.'
            : 'Ask somebody in your organization to invite you, then open the link in that mail.'}
        </Note>
      )}
    </FocusPage>
  );
}
