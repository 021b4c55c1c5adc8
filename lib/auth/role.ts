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

interface TokenRoles {
  createdBy: string | null;
  /** What the token was given. */
  role: string;
  /** What its creator is today; null when they are no member any more. */
  creatorRole: string | null;
}

/** The role a token acts with: never above its creator's of today, none without them. Adopted tokens have no creator and are members. */
export function roleOfToken({ createdBy, role, creatorRole }: TokenRoles): Role | undefined {
  return lowerRole(role, createdBy === null ? 'member' : creatorRole);
}
