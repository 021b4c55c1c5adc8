import type { Role } from '@/lib/auth/actor';

/**
 * Who may do what. `token`: an API token with that role may do it too; tokens never manage people, invites, tokens or orgs.
 * `fresh`: the auth server is asked for the person at that moment, because a stale token could do lasting harm.
 */
const TABLE = {
  'org:read': { roles: ['owner', 'admin', 'member'], token: true, fresh: false },
  'org:update': { roles: ['owner', 'admin'], token: false, fresh: false },
  /** How people must sign in to it. */
  'org:secure': { roles: ['owner'], token: false, fresh: true },
  'org:transfer': { roles: ['owner'], token: false, fresh: true },
  'org:delete': { roles: ['owner'], token: false, fresh: true },
  'org:leave': { roles: ['owner', 'admin', 'member'], token: false, fresh: false },
  'members:read': { roles: ['owner', 'admin', 'member'], token: true, fresh: false },
  'members:change-role': { roles: ['owner', 'admin'], token: false, fresh: true },
  'members:remove': { roles: ['owner', 'admin'], token: false, fresh: true },
  'invites:read': { roles: ['owner', 'admin'], token: false, fresh: false },
  'invites:create': { roles: ['owner', 'admin'], token: false, fresh: true },
  'invites:revoke': { roles: ['owner', 'admin'], token: false, fresh: false },
  'tokens:read': { roles: ['owner', 'admin', 'member'], token: false, fresh: false },
  'tokens:create': { roles: ['owner', 'admin', 'member'], token: false, fresh: true },
  'tokens:revoke': { roles: ['owner', 'admin', 'member'], token: false, fresh: false },
  /** Without it a person sees and revokes only the tokens they made. */
  'tokens:manage-all': { roles: ['owner', 'admin'], token: false, fresh: false },
  'metrics:read': { roles: ['owner', 'admin', 'member'], token: true, fresh: false },
  'audit:read': { roles: ['owner', 'admin'], token: true, fresh: false },
} as const satisfies Record<string, { roles: readonly Role[]; token: boolean; fresh: boolean }>;

export type Permission = keyof typeof TABLE;
export type SensitivePermission = { [P in Permission]: (typeof TABLE)[P]['fresh'] extends true ? P : never }[Permission];

/** Whether a role holds a permission; an unknown role holds none. */
export function roleMay(role: string, permission: Permission): boolean {
  return TABLE[permission].roles.some((allowed) => allowed === role);
}

/** Whether an API token may ever use a permission. */
export function tokenMay(permission: Permission): boolean {
  return TABLE[permission].token;
}
