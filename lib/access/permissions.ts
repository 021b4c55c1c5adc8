import type { Role } from '@/lib/auth/actor';

/** Who may do what. `token`: an API token with that role may do it too; tokens never manage people, invites, tokens or orgs. */
const TABLE = {
  'org:read': { roles: ['owner', 'admin', 'member'], token: true },
  'org:update': { roles: ['owner', 'admin'], token: false },
  'org:leave': { roles: ['owner', 'admin', 'member'], token: false },
  'members:read': { roles: ['owner', 'admin', 'member'], token: true },
  'members:change-role': { roles: ['owner', 'admin'], token: false },
  'members:remove': { roles: ['owner', 'admin'], token: false },
  'invites:read': { roles: ['owner', 'admin'], token: false },
  'invites:create': { roles: ['owner', 'admin'], token: false },
  'invites:revoke': { roles: ['owner', 'admin'], token: false },
  'tokens:read': { roles: ['owner', 'admin', 'member'], token: false },
  'tokens:create': { roles: ['owner', 'admin', 'member'], token: false },
  'tokens:revoke': { roles: ['owner', 'admin', 'member'], token: false },
  /** Without it a person sees and revokes only the tokens they made. */
  'tokens:manage-all': { roles: ['owner', 'admin'], token: false },
  'audit:read': { roles: ['owner', 'admin'], token: true },
} as const satisfies Record<string, { roles: readonly Role[]; token: boolean }>;

export type Permission = keyof typeof TABLE;

/** Whether a role holds a permission; an unknown role holds none. */
export function roleMay(role: string, permission: Permission): boolean {
  return TABLE[permission].roles.some((allowed) => allowed === role);
}

/** Whether an API token may ever use a permission. */
export function tokenMay(permission: Permission): boolean {
  return TABLE[permission].token;
}
