import { roleMay } from '@/lib/access/permissions';
import type { Role } from '@/lib/auth/actor';

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
  const above = viewer.role === 'owner' || member.role === 'member';
  const mayChange = roleMay(viewer.role, 'members:change-role') && viewer.role === 'owner' && !lastOwner;
  return {
    roles: mayChange ? ALL_ROLES : [],
    remove: !self && above && !lastOwner && roleMay(viewer.role, 'members:remove'),
    leave: self && !lastOwner,
  };
}
