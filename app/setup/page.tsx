import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { optionalUser } from '@/lib/page/org-page';
import { withNext } from '@/lib/page/safe-next';
import { claimBootstrapOrg } from '@/lib/setup/claim-bootstrap-org';
import { isSetupOpen } from '@/lib/setup/is-setup-open';
import { FocusPage } from '../_ui/focus-page';
import { TextLink } from '../_ui/text-link';
import { SetupForm } from './setup-form';

export const metadata: Metadata = { title: 'Set up this server' };

/** The first run: whoever holds the code from the log founds the first organization. Closed for good once anybody owns one. */
export default async function SetupPage() {
  if (!(await isSetupOpen())) return <Closed />;
  const user = (await optionalUser()) ?? redirect(withNext('/login', '/setup'));
  await claimBootstrapOrg(user);
  if (!(await isSetupOpen())) redirect('/');
  return (
    <FocusPage
      title="Set up this server"
      description="Nobody owns it yet. Name its first organization; you become the owner."
      footer={
        <>
          Signed in as <span className="wrap-anywhere">{user.email || user.userId}</span>. <TextLink href="/">Not now</TextLink>
        </>
      }
    >
      <SetupForm />
    </FocusPage>
  );
}

function Closed() {
  return (
    <FocusPage
      title="This server is set up"
      description="It has had its first owner, so its setup is closed for good. To get in, ask an owner or admin to invite you."
    >
      <TextLink href="/">To my organization</TextLink>
    </FocusPage>
  );
}
