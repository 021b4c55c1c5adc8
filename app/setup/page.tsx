import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { optionalUser } from '@/lib/page/org-page';
import { withNext } from '@/lib/page/safe-next';
import { claimBootstrapOrg } from '@/lib/setup/claim-bootstrap-org';
import { isSetupOpen } from '@/lib/setup/is-setup-open';
import * as words from '@/messages/setup';
import { FocusPage } from '../_ui/focus-page';
import { PlainLink } from '../_ui/plain-link';
import { SetupForm } from './setup-form';

export const metadata: Metadata = { title: words.title };

/** The first run: whoever holds the code from the log founds the first organization. Closed for good once anybody owns one. */
export default async function SetupPage() {
  if (!(await isSetupOpen())) return <Closed />;
  const user = (await optionalUser()) ?? redirect(withNext('/login', '/setup'));
  await claimBootstrapOrg(user);
  if (!(await isSetupOpen())) redirect('/');
  return (
    <FocusPage
      title={words.title}
      description={words.description}
      footer={
        <>
          {words.signedInAs(<span className="wrap-anywhere">{user.email || user.userId}</span>)}{' '}
          <PlainLink href="/">{words.notNow}</PlainLink>
        </>
      }
    >
      <SetupForm />
    </FocusPage>
  );
}

function Closed() {
  return (
    <FocusPage title={words.closedTitle} description={words.closedDescription}>
      <PlainLink href="/">{words.toMyOrganization}</PlainLink>
    </FocusPage>
  );
}
