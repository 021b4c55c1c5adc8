import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { mayCreateOrg } from '@/lib/orgs/may-create-org';
import { optionalUser } from '@/lib/page/org-page';
import { redirectStrayCallback, type SearchParams } from '@/lib/page/stray-callback';
import { claimBootstrapOrg } from '@/lib/setup/claim-bootstrap-org';
import { isSetupOpen } from '@/lib/setup/is-setup-open';
import { Button } from './_ui/button';
import { ButtonLink } from './_ui/button-link';
import { CopyField } from './_ui/copy-field';
import { FocusPage } from './_ui/focus-page';
import { Note } from './_ui/note';
import { TextLink } from './_ui/text-link';
import { CreateOrgForm } from './orgs/_parts/create-org-form';
import { orgPath } from './orgs/_parts/org-path';
import { WaitingInvites } from './orgs/_parts/waiting-invites';

export const metadata: Metadata = { title: 'No organization yet' };

/** Leads to the current org; people without one learn here how to get one. */
export default async function HomePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  redirectStrayCallback(await searchParams);
  const user = (await optionalUser()) ?? redirect('/login');
  const refusal = await claimBootstrapOrg(user);
  const { currentOrg } = await listOrgs(user);
  if (currentOrg) redirect(orgPath(currentOrg));
  const [mayCreate, settingUp] = await Promise.all([mayCreateOrg(user), isSetupOpen()]);
  return (
    <FocusPage
      title="No organization yet"
      description="You are signed in, but no organization on this server has you as a member."
      footer={<SignOut email={user.email} />}
    >
      <div className="flex flex-col gap-8">
        {refusal && (
          <Note tone="warn" title={refusal.message}>
            This server awaits your address as its owner. {refusal.hint}
          </Note>
        )}
        {settingUp && (
          <Section title="Set up this server">
            <p className="text-muted text-sm">
              Nobody owns it yet. With the setup code from its log you found the first organization and own it.
            </p>
            <ButtonLink variant="primary" className="self-start" href="/setup">
              Enter the setup code
            </ButtonLink>
          </Section>
        )}
        <Section title="Invitations">
          <WaitingInvites user={user} />
        </Section>
        {mayCreate && (
          <Section title="Start your own">
            <CreateOrgForm />
          </Section>
        )}
        <Section title={mayCreate ? 'Or ask to be added' : 'Ask to be added'}>
          <p className="text-muted text-sm">
            An owner or admin can invite your address. The operator of this server can also add you by your user id.
          </p>
          <CopyField value={user.email} label="Copy my e-mail address" />
          <CopyField value={user.userId} label="Copy my user id" />
        </Section>
      </div>
    </FocusPage>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2.5">
      <h2 className="font-medium text-base">{title}</h2>
      {children}
    </section>
  );
}

function SignOut({ email }: { email: string }) {
  return (
    <form method="post" action="/auth/sign-out" className="flex items-center justify-between gap-3">
      <span className="wrap-anywhere min-w-0">
        {email ? `Signed in as ${email}` : 'Signed in'}
        <TextLink href="/account" className="block w-fit">
          Your account
        </TextLink>
      </span>
      <Button type="submit" size="sm">
        Sign out
      </Button>
    </form>
  );
}
