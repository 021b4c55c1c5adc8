import type { Role } from '@/lib/auth/actor';
import { lowerRole } from '@/lib/auth/role';

/** The roles a token may be given by somebody of this role, the least powerful first. */
export function rolesUpTo(own: Role): Role[] {
  const roles: Role[] = ['member', 'admin', 'owner'];
  return roles.filter((role) => lowerRole(role, own) === role);
}
