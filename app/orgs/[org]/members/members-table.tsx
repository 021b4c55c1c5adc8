import { Badge } from '@/app/_ui/badge';
import { RelativeTime } from '@/app/_ui/relative-time';
import { Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import type { InviteView } from '@/lib/invites/present-invite';
import type { MemberView } from '@/lib/members/list-members';
import type { TokenView } from '@/lib/tokens/present-token';
import { LeaveOrg } from './leave-org';
import { type MemberActions, memberActions } from './member-actions';
import { RemoveMember } from './remove-member';
import { RoleMenu } from './role-menu';

interface MembersTableProps {
  orgId: string;
  orgName: string;
  viewer: { userId: string; role: string };
  members: MemberView[];
  /** What each member made, for saying what ends with them; empty for viewers who may not remove anybody. */
  invites: InviteView[];
  tokens: TokenView[];
}

export function MembersTable({ orgId, orgName, viewer, members, invites, tokens }: MembersTableProps) {
  const owners = members.filter(({ role }) => role === 'owner').length;
  return (
    <Table label="Members">
      <Thead>
        <tr>
          <Th>Person</Th>
          <Th>Role</Th>
          <Th className="w-36 max-sm:hidden">Joined</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </Thead>
      <tbody>
        {members.map((member) => (
          <MemberRow
            key={member.userId}
            org={{ id: orgId, name: orgName }}
            member={member}
            self={member.userId === viewer.userId}
            actions={memberActions(viewer, member, owners)}
            tokens={tokens.filter(({ createdBy }) => createdBy === member.userId).length}
            invites={invites.filter(({ invitedBy, state }) => invitedBy === member.userId && state === 'open').length}
          />
        ))}
      </tbody>
    </Table>
  );
}

interface MemberRowProps {
  org: { id: string; name: string };
  member: MemberView;
  self: boolean;
  actions: MemberActions;
  tokens: number;
  invites: number;
}

function MemberRow({ org, member, self, actions, tokens, invites }: MemberRowProps) {
  const name = member.email || member.userId;
  return (
    <Tr>
      <Td className="max-w-0 sm:w-1/2">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium" title={name}>
            {name}
          </span>
          {self && <Badge>you</Badge>}
        </span>
        <span className="block truncate text-muted sm:hidden">
          joined <RelativeTime date={member.joinedAt} />
        </span>
      </Td>
      <Td className="w-28 max-sm:w-24">
        {actions.roles.length > 0 ? (
          <RoleMenu orgId={org.id} userId={member.userId} name={name} role={member.role} roles={actions.roles} self={self} />
        ) : (
          <span className="text-muted">{member.role}</span>
        )}
      </Td>
      <Td className="whitespace-nowrap text-muted max-sm:hidden">
        <RelativeTime date={member.joinedAt} />
      </Td>
      <Td className="w-px text-right">
        {actions.remove && <RemoveMember orgId={org.id} userId={member.userId} name={name} tokens={tokens} invites={invites} />}
        {actions.leave && <LeaveOrg orgId={org.id} orgName={org.name} userId={member.userId} />}
      </Td>
    </Tr>
  );
}
