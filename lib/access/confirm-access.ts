import { type AssuredUser, assureUser } from '@/lib/auth/confirm-user';
import type { OrgAccess } from './org-access';
import type { SensitivePermission } from './permissions';

/** An access whose holder the auth server vouched for just now. Made by confirmAccess alone. */
export interface ConfirmedAccess<P extends SensitivePermission> extends OrgAccess<P> {
  actor: AssuredUser;
}

/**
 * Asks the auth server for the holder of an access before they do what a stale token must not do.
 * Throws session_revoked, user_banned, email_not_verified, insufficient_aal, or auth_provider_unavailable when it cannot answer.
 */
export async function confirmAccess<P extends SensitivePermission>(access: OrgAccess<P>): Promise<ConfirmedAccess<P>> {
  return { ...access, actor: await assureUser(access.actor) };
}
