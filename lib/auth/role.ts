import type { Role } from './actor';

const RANK: Record<Role, number> = { member: 1, admin: 2, owner: 3 };

/** A role this version knows; anything else in the database gives no rights. */
export function knownRole(role: string | null | undefined): Role | undefined {
  return role === 'owner' || role === 'admin' || role === 'member' ? role : undefined;
}

/** The lesser of two roles; none when either is unknown. */
export function lowerRole(one: string | null | undefined, other: string | null | undefined): Role | undefined {
  const [a, b] = [knownRole(one), knownRole(other)];
  if (!a || !b) return undefined;
  return RANK[a] <= RANK[b] ? a : b;
}
