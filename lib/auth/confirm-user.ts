import { DomainError } from '@/lib/errors';
import { fetchVerifiedEmail } from '@/lib/oidc/fetch-account';
import { fetchUser } from '@/lib/supabase/fetch-user';
import type { Actor, UserActor } from './actor';

declare const confirmed: unique symbol;
declare const assured: unique symbol;

/** A person whose account the auth server vouched for just now. Made by confirmUser alone. */
export interface ConfirmedUser extends UserActor {
  /** The address the account holds today, proven by its owner; never the token's snapshot. */
  verifiedEmail: string;
  /** The account has a second factor, so signing in to it is not complete without one. */
  hasSecondFactor: boolean;
  /** The address is asserted by an organization's identity provider (SAML), whose admin can assert any. */
  fromSso: boolean;
  readonly [confirmed]: true;
}

/** A confirmed person who used every factor their account has. Made by assureUser alone. */
export interface AssuredUser extends ConfirmedUser {
  readonly [assured]: true;
}

interface Account {
  verifiedEmail: string;
  hasSecondFactor: boolean;
  fromSso: boolean;
}

/** The person behind an actor. Throws token_not_allowed for API tokens. */
export function requireUser(actor: Actor): UserActor {
  if (actor.type === 'user') return actor;
  throw new DomainError('token_not_allowed', 'API tokens cannot do this', { hint: 'Sign in as a person.' });
}

/**
 * Asks the auth server for the account afresh, for what a stale token must not decide.
 * Throws session_revoked, user_banned, email_not_verified, or auth_provider_unavailable when it cannot answer.
 */
export async function confirmUser(actor: Actor): Promise<ConfirmedUser> {
  const user = requireUser(actor);
  return { ...user, ...(await fetchAccount(user)) } as ConfirmedUser;
}

/**
 * confirmUser for actions that last. Supabase leaves it to us to refuse the tokens of a sign-in that stopped before the second
 * factor. Throws insufficient_aal, and what confirmUser throws.
 */
export async function assureUser(actor: Actor): Promise<AssuredUser> {
  const user = await confirmUser(actor);
  if (!user.hasSecondFactor || user.aal === 'aal2') return user as AssuredUser;
  throw new DomainError('insufficient_aal', 'Your account is protected by a second factor, and this session has not used it', {
    hint: 'Enter the code of your authenticator app at /mfa, then try again.',
  });
}

async function fetchAccount({ userId, email, authMethod, accessToken }: UserActor): Promise<Account> {
  if (accessToken === null) return { verifiedEmail: email, hasSecondFactor: false, fromSso: false };
  // Which factors were needed is the provider's to decide.
  if (authMethod === 'oidc') {
    return { verifiedEmail: await fetchVerifiedEmail(userId, accessToken), hasSecondFactor: false, fromSso: false };
  }
  const account = await fetchUser(accessToken);
  if (account.id !== userId) throw new DomainError('session_revoked', 'This session belongs to another account');
  if (!account.email || !account.emailConfirmedAt) {
    throw new DomainError('email_not_verified', 'Confirm your e-mail address first', {
      hint: 'Open the link in the confirmation mail, then try again.',
    });
  }
  return { verifiedEmail: account.email, hasSecondFactor: account.hasSecondFactor, fromSso: account.fromSso };
}
