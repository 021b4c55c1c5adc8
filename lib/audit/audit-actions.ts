/** Every change that leaves a trace, and what was refused. */
export const AUDIT_ACTIONS = [
  'org.created',
  'org.renamed',
  'org.mfa_changed',
  'org.default_role_changed',
  'org.domains_changed',
  'org.deleted',
  'org.transferred',
  'member.joined',
  'member.role_changed',
  'member.email_changed',
  'member.removed',
  'member.left',
  'invite.created',
  'invite.resent',
  'invite.revoked',
  'invite.accepted',
  'invite.declined',
  'token.created',
  'token.rotated',
  'token.previous_ended',
  'token.revoked',
  'token.leaked',
  'auth.refused',
  'access.denied',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
