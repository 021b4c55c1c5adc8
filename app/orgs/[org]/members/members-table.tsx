import { Badge } from '@/app/_ui/badge';
import { RelativeTime } from '@/app/_ui/relative-time';
import { ActionsTh, Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import type { MemberView } from '@/lib/members/list-members';
import * as words from '@/messages/members';
import { roleName } from '@/messages/roles';
import { LeavingRows } from '../_parts/leaving-rows';
import { LeaveOrg } from './leave-org';
import { type MemberActions, memberActions } from './member-actions';
import { RemoveMember } from './remove-member';
import { RoleMenu } from './role-menu';

interface MembersTableProps {
  orgId: string;
  orgName: string;
  viewer: { userId: string; role: string };
  members: MemberView[];
}

export function MembersTable({ orgId, orgName, viewer, members }: MembersTableProps) {
  const owners = members.filter(({ role }) => role === 'owner').length;
  return (
    <Table label={words.title}>
      <Thead>
        <tr>
          <Th>{words.person}</Th>
          <Th className="max-sm:hidden">{words.role}</Th>
          <Th className="w-36 max-sm:hidden">{words.joinedHead}</Th>
          <ActionsTh />
        </tr>
      </Thead>
      <tbody>
        {members.map((member) => (
          <LeavingRows key={member.userId}>
            <MemberRow
              org={{ id: orgId, name: orgName }}
              member={member}
              self={member.userId === viewer.userId}
              actions={memberActions(viewer, member, owners)}
            />
          </LeavingRows>
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
}

function MemberRow({ org, member, self, actions }: MemberRowProps) {
  const { userId, joinedAt } = member;
  const name = member.email || userId;
  const role =
    actions.roles.length > 0 ? (
      <RoleMenu orgId={org.id} userId={userId} name={name} role={member.role} roles={actions.roles} self={self} />
    ) : (
      <span className="text-muted">{roleName(member.role)}</span>
    );
  return (
    <Tr id={`member-${userId}`} className="scroll-mt-16 target:bg-accent-soft">
      <Td className="w-full max-w-0 sm:w-1/2">
        <span className="flex items-center gap-2">
          <span className="font-medium max-sm:wrap-anywhere sm:truncate" title={name}>
            {name}
          </span>
          {self && <Badge>{words.you}</Badge>}
        </span>
        <span className="flex items-center justify-between gap-2 sm:hidden">
          {role}
          <span className="text-muted text-xs">{words.joined(<RelativeTime date={joinedAt} />)}</span>
        </span>
      </Td>
      <Td className="w-28 max-sm:hidden">{role}</Td>
      <Td className="whitespace-nowrap text-muted max-sm:hidden">
        <RelativeTime date={joinedAt} />
      </Td>
      <Td className="w-px text-right">
        {actions.remove && <RemoveMember orgId={org.id} userId={userId} name={name} />}
        {actions.leave && <LeaveOrg orgId={org.id} orgName={org.name} userId={userId} />}
      </Td>
    </Tr>
  );
}
