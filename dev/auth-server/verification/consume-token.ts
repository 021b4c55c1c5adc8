import { acceptConfirmation, acceptEmailChange, acceptRecovery } from '../accounts/confirm-user';
import { recordProviders } from '../accounts/record-providers';
import { badRequest } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { clearOneTimeToken, hasOneTimeToken } from '../store/one-time-tokens';
import { type User, updateUser } from '../store/users';

/** A token that belongs to this user and has not expired. */
export interface Verification {
  user: User;
  /** `email` is already resolved to `signup` or `magiclink`. */
  type: string;
  hash: string;
}

/**
 * Uses the token up. Returns undefined for the first of the two confirmations of an email change:
 * nothing has changed yet and nobody is signed in. Call inside a transaction.
 */
export function consumeToken(
  server: AuthServerContext,
  verification: Verification,
  invitedPasswordHash: string,
): { user: User; type: string } | undefined {
  const { user, type } = verification;
  if (type === 'email_change' && isFirstConfirmation(server, user)) {
    confirmHalf(server, verification);
    return undefined;
  }
  return { user: recordProviders(server.db, accept(server, verification, invitedPasswordHash)), type };
}

function accept({ db }: AuthServerContext, { user, type }: Verification, invitedPasswordHash: string): User {
  switch (type) {
    case 'signup':
    case 'invite':
      return acceptConfirmation(db, user, invitedPasswordHash);
    case 'recovery':
    case 'magiclink':
      return acceptRecovery(db, user);
    case 'email_change':
      return acceptEmailChange(db, user);
    default:
      throw badRequest('validation_failed', 'Unsupported verification type');
  }
}

function isFirstConfirmation({ config }: AuthServerContext, user: User): boolean {
  if (config.autoconfirm || !config.secureEmailChange) return false;
  return user.email_change_confirm_status === 0 && Boolean(user.email);
}

function confirmHalf({ db }: AuthServerContext, { user, hash }: Verification): void {
  const used = (['email_change_token_current', 'email_change_token_new'] as const).find(
    (type) => user[type] === hash || hasOneTimeToken(db, hash, type),
  );
  if (used) clearOneTimeToken(db, user.id, used);
  updateUser(db, user, { email_change_confirm_status: 1, ...(used && { [used]: '' }) });
}
