import type { Metadata } from 'next';
import { FocusPage } from '@/app/_ui/focus-page';
import { Note } from '@/app/_ui/note';
import { TextLink } from '@/app/_ui/text-link';
import { mayCreateOrg } from '@/lib/orgs/may-create-org';
import { userPage } from '@/lib/page/org-page';
import { CreateOrgForm } from '../_parts/create-org-form';

export const metadata: Metadata = { title: 'New organization' };

export default async function NewOrgPage() {
  const user = await userPage('/orgs/new');
  const allowed = await mayCreateOrg(user);
  return (
    <FocusPage
      title="New organization"
      description="Members, API tokens and sandboxes belong to one. You become its owner."
      footer={<TextLink href="/">Back to my organization</TextLink>}
    >
      {allowed ? (
        <CreateOrgForm />
      ) : (
        <Note tone="warn" title="You may not create organizations on this server">
          Ask somebody to invite you into theirs. Operators decide with{' '}
          <code className="font-mono text-xs">PANDASTACK_ORG_CREATION</code>.
        </Note>
      )}
    </FocusPage>
  );
}
