import type { Role } from '@/lib/auth/actor';

const names: Record<Role, string> = { owner: 'owner', admin: 'admin', member: 'member' };

/** A role as it is read; one that a newer version knows stays as it is. */
export const roleName = (role: string): string => (names as Record<string, string>)[role] ?? role;
