import type { Role } from '@/lib/auth/actor';
import { knownRole } from '@/lib/auth/role';

/** The roles an invite of each role may give: what an inviter may no longer give, their open invites give no longer either. */
const GIVES: Record<Role, readonly string[]> = { owner: ['member', 'admin'], admin: ['member', 'admin'], member: [] };

/** Whether somebody with this role may invite people as that one; an unknown role may not. */
export function mayInviteAs(inviterRole: string | null, role: string): boolean {
  const known = knownRole(inviterRole ?? '');
  return known !== undefined && known !== null && GIVES[known].includes(role);
}
