import type { Metadata } from 'next';
import { PageHeader } from '@/app/_ui/page-header';
import { can, widenAccess } from '@/lib/access/org-access';
import { listInvites } from '@/lib/invites/list-invites';
import { listMembers } from '@/lib/members/list-members';
import { orgPage } from '@/lib/page/org-page';
import * as words from '@/messages/members';
import { InvitePeople } from './invite-people';
import { InvitesTable } from './invites-table';
import { MembersTable } from './members-table';

export const metadata: Metadata = { title: words.title };

interface MembersPageProps {
  params: Promise<{ org: string }>;
  searchParams: Promise<{ invite?: string; invites?: string }>;
}

export default async function MembersPage({ params, searchParams }: MembersPageProps) {
  const access = await orgPage(params, 'members:read', '/members');
  const { actor, orgId, org, role } = access;
  const manages = can(access, 'invites:read');
  const [members, invites] = await Promise.all([
    listMembers(access),
    manages ? listInvites(widenAccess(access, 'invites:read')) : [],
  ]);
  const mayInvite = can(access, 'invites:create');
  const { invite, invites: shown } = await searchParams;
  return (
    <>
      <PageHeader
        title={words.title}
        description={words.peopleIn(members.length, org.name)}
        actions={mayInvite && <InvitePeople orgId={orgId} defaultRole={org.defaultInviteRole} startOpen={invite !== undefined} />}
      />
      <MembersTable orgId={orgId} orgName={org.name} viewer={{ userId: actor.userId, role }} members={members} />
      {manages && (
        <InvitesTable
          orgId={orgId}
          invites={invites}
          shown={shown}
          mayRevoke={can(access, 'invites:revoke')}
          mayResend={mayInvite}
        />
      )}
    </>
  );
}
