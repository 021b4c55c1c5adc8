import type { Metadata } from 'next';
import { FocusPage } from '@/app/_ui/focus-page';
import { Note } from '@/app/_ui/note';
import { TextLink } from '@/app/_ui/text-link';
import { mayCreateOrg } from '@/lib/orgs/may-create-org';
import { userPage } from '@/lib/page/org-page';
import * as words from '@/messages/orgs';
import { CreateOrgForm } from '../_parts/create-org-form';

export const metadata: Metadata = { title: words.newTitle };

export default async function NewOrgPage() {
  const user = await userPage('/orgs/new');
  const allowed = await mayCreateOrg(user);
  return (
    <FocusPage
      title={words.newTitle}
      description={words.newDescription}
      footer={<TextLink href="/">{words.backToMine}</TextLink>}
    >
      {allowed ? (
        <CreateOrgForm />
      ) : (
        <Note tone="warn" title={words.mayNotCreate}>
          {words.askForInvite((name) => (
            <code className="font-mono text-xs">{name}</code>
          ))}
        </Note>
      )}
    </FocusPage>
  );
}
