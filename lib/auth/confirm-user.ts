import { DomainError } from '@/lib/errors';
import { fetchUser } from '@/lib/supabase/fetch-user';
import type { Actor, UserActor } from './actor';

declare const confirmed: unique symbol;

/** A person whose account the auth server vouched for just now. Made by confirmUser alone. */
export interface ConfirmedUser extends UserActor {
  /** The address the account holds today, proven by its owner; never the token's snapshot. */
  verifiedEmail: string;
  readonly [confirmed]: true;
}

/** The person behind an actor. Throws token_not_allowed for API tokens. */
export function requireUser(actor: Actor): UserActor {
  if (actor.type === 'user') return actor;
  throw new DomainError('token_not_allowed', 'API tokens cannot do this', { hint: 'Sign in as a person.' });
}

/**
 * Asks the auth server for the account afresh, for actions that a stale token must not do.
 * Throws session_revoked, user_banned, email_not_verified, or auth_provider_unavailable when it cannot answer.
 */
export async function confirmUser(actor: Actor): Promise<ConfirmedUser> {
  const user = requireUser(actor);
  const verifiedEmail = user.accessToken === null ? user.email : await fetchVerifiedEmail(user.userId, user.accessToken);
  return { ...user, verifiedEmail } as ConfirmedUser;
}

async function fetchVerifiedEmail(userId: string, accessToken: string): Promise<string> {
  const account = await fetchUser(accessToken);
  if (account.id !== userId) throw new DomainError('session_revoked', 'This session belongs to another account');
  if (!account.email || !account.emailConfirmedAt) {
    throw new DomainError('email_not_verified', 'Confirm your e-mail address first', {
      hint: 'Open the link in the confirmation mail, then try again.',
    });
  }
  return account.email;
}
