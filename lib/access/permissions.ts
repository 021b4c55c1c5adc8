import type { Role } from '@/lib/auth/actor';

/**
 * Who may do what, as docs/permissions.md shows it. `token`: an API token with that role may do it too; tokens never manage people, invites, tokens or orgs.
 * `fresh`: the auth server is asked for the person at that moment, because a stale token could do lasting harm.
 */
export const PERMISSIONS = {
  'org:read': { does: 'See the organization', roles: ['owner', 'admin', 'member'], token: true, fresh: false },
  'org:update': {
    does: 'Rename it, and choose the role its invites give',
    roles: ['owner', 'admin'],
    token: false,
    fresh: false,
  },
  'org:secure': { does: 'Say how people get in: second factor, e-mail domains', roles: ['owner'], token: false, fresh: true },
  'org:transfer': { does: 'Make another member the owner', roles: ['owner'], token: false, fresh: true },
  'org:delete': { does: 'Delete it with all that is in it', roles: ['owner'], token: false, fresh: true },
  'org:leave': { does: 'Leave it', roles: ['owner', 'admin', 'member'], token: false, fresh: false },
  'members:read': { does: 'See who belongs to it', roles: ['owner', 'admin', 'member'], token: true, fresh: false },
  'members:change-role': { does: 'Change the role of members', roles: ['owner', 'admin'], token: false, fresh: true },
  'members:remove': { does: 'Remove members', roles: ['owner', 'admin'], token: false, fresh: true },
  'invites:read': { does: 'See open and past invites', roles: ['owner', 'admin'], token: false, fresh: false },
  'invites:create': { does: 'Invite people', roles: ['owner', 'admin'], token: false, fresh: true },
  'invites:revoke': { does: 'Withdraw invites', roles: ['owner', 'admin'], token: false, fresh: false },
  'tokens:read': { does: 'See API tokens', roles: ['owner', 'admin', 'member'], token: false, fresh: false },
  'tokens:create': {
    does: 'Mint API tokens up to one’s own role',
    roles: ['owner', 'admin', 'member'],
    token: false,
    fresh: true,
  },
  'tokens:rotate': {
    does: 'Give one’s own API tokens a new secret',
    roles: ['owner', 'admin', 'member'],
    token: false,
    fresh: true,
  },
  'tokens:revoke': { does: 'Revoke API tokens', roles: ['owner', 'admin', 'member'], token: false, fresh: false },
  'tokens:manage-all': {
    does: 'See and revoke the tokens of others as well',
    roles: ['owner', 'admin'],
    token: false,
    fresh: false,
  },
  'metrics:read': {
    does: 'See its requests and sandbox starts over time',
    roles: ['owner', 'admin', 'member'],
    token: true,
    fresh: false,
  },
  'sandboxes:use': {
    does: 'Create sandboxes and everything in them, with templates, volumes and snapshots',
    roles: ['owner', 'admin', 'member'],
    token: true,
    fresh: false,
  },
  'terminals:open': {
    does: 'Open terminals of sandboxes in the browser',
    roles: ['owner', 'admin', 'member'],
    token: false,
    fresh: false,
  },
  'usage:read': { does: 'See what its sandboxes used, and export it', roles: ['owner', 'admin'], token: true, fresh: false },
  'server:examine': {
    does: 'See what the doctor says of the whole server and the machines that run sandboxes, in the organization that operates it',
    roles: ['owner'],
    token: false,
    fresh: false,
  },
  'audit:read': { does: 'Read the audit log', roles: ['owner', 'admin'], token: true, fresh: false },
} as const satisfies Record<string, { does: string; roles: readonly Role[]; token: boolean; fresh: boolean }>;

export type Permission = keyof typeof PERMISSIONS;
export type SensitivePermission = { [P in Permission]: (typeof PERMISSIONS)[P]['fresh'] extends true ? P : never }[Permission];

/** Whether a role holds a permission; an unknown role holds none. */
export function roleMay(role: string, permission: Permission): boolean {
  return PERMISSIONS[permission].roles.some((allowed) => allowed === role);
}

/** Whether an API token may ever use a permission. */
export function tokenMay(permission: Permission): boolean {
  return PERMISSIONS[permission].token;
}

/** Whether the auth server is asked afresh for whoever uses a permission. */
export function needsFreshCheck(permission: Permission): boolean {
  return PERMISSIONS[permission].fresh;
}
