import { roleMay } from '@/lib/access/permissions';
import type { Role } from '@/lib/auth/actor';
import { mayGiveRole, mayManage } from '@/lib/members/may-manage';

interface Person {
  userId: string;
  role: string;
}

export interface MemberActions {
  /** The roles the viewer may give; empty hides the menu. */
  roles: readonly Role[];
  remove: boolean;
  leave: boolean;
}

const ALL_ROLES: readonly Role[] = ['owner', 'admin', 'member'];

/** What a row of the members table offers its viewer. lib/members decides; this keeps what it would refuse off the page. */
export function memberActions(viewer: Person, member: Person, owners: number): MemberActions {
  const self = viewer.userId === member.userId;
  const lastOwner = member.role === 'owner' && owners === 1;
  const above = mayManage(viewer.role, member.role);
  const roles = ALL_ROLES.filter((role) => mayGiveRole(viewer.role, role));
  const mayChange = roleMay(viewer.role, 'members:change-role') && above && !lastOwner && roles.length > 1;
  return {
    roles: mayChange ? roles : [],
    remove: !self && above && !lastOwner && roleMay(viewer.role, 'members:remove'),
    leave: self && !lastOwner,
  };
}
