import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { mayCreateOrg } from '@/lib/orgs/may-create-org';
import { optionalUser } from '@/lib/page/org-page';
import { redirectStrayCallback, type SearchParams } from '@/lib/page/stray-callback';
import { claimBootstrapOrg } from '@/lib/setup/claim-bootstrap-org';
import { isSetupOpen } from '@/lib/setup/is-setup-open';
import * as common from '@/messages/common';
import * as words from '@/messages/start';
import { Button } from './_ui/button';
import { ButtonLink } from './_ui/button-link';
import { CopyField } from './_ui/copy-field';
import { FocusPage } from './_ui/focus-page';
import { Note } from './_ui/note';
import { TextLink } from './_ui/text-link';
import { CreateOrgForm } from './orgs/_parts/create-org-form';
import { orgPath } from './orgs/_parts/org-path';
import { WaitingInvites } from './orgs/_parts/waiting-invites';

export const metadata: Metadata = { title: words.title };

/** Leads to the current org; people without one learn here how to get one. */
export default async function HomePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  redirectStrayCallback(await searchParams);
  const user = (await optionalUser()) ?? redirect('/login');
  const refusal = await claimBootstrapOrg(user);
  const { currentOrg } = await listOrgs(user);
  if (currentOrg) redirect(orgPath(currentOrg));
  const [mayCreate, settingUp] = await Promise.all([mayCreateOrg(user), isSetupOpen()]);
  return (
    <FocusPage title={words.title} description={words.description} footer={<SignOut email={user.email} />}>
      <div className="flex flex-col gap-8">
        {refusal && (
          <Note tone="warn" title={refusal.message}>
            {words.awaitedOwner(refusal.hint)}
          </Note>
        )}
        {settingUp && (
          <Section title={words.setUpTitle}>
            <p className="text-muted text-sm">{words.setUpHint}</p>
            <ButtonLink variant="primary" className="self-start" href="/setup">
              {words.enterCode}
            </ButtonLink>
          </Section>
        )}
        <Section title={words.invitations}>
          <WaitingInvites user={user} />
        </Section>
        {mayCreate && (
          <Section title={words.startOwn}>
            <CreateOrgForm />
          </Section>
        )}
        <Section title={mayCreate ? words.orAskTitle : words.askTitle}>
          <p className="text-muted text-sm">{words.askHint}</p>
          <CopyField value={user.email} label={words.copyEmail} />
          <CopyField value={user.userId} label={words.copyUserId} />
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
        {common.signedInAs(email)}
        <TextLink href="/account" className="block w-fit">
          {words.yourAccount}
        </TextLink>
      </span>
      <Button type="submit" size="sm">
        {common.signOut}
      </Button>
    </form>
  );
}
