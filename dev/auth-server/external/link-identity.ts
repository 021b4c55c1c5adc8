import { confirmUser } from '../accounts/confirm-user';
import { promoteEmail } from '../accounts/promote-email';
import { recordProviders } from '../accounts/record-providers';
import { AuthError, badRequest, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { IMPLICIT_FLOW, sendConfirmation } from '../mail/send-auth-mail';
import { findIdentity, insertIdentity } from '../store/identities';
import { type User, updateUser } from '../store/users';
import type { Visitor } from './find-account';

/** Adds the provider to a user who asked for it while signed in. As with signing in, a returned refusal keeps what was written. */
export function linkIdentity(server: AuthServerContext, { user, visitor, redirectTo }: Linking): User | AuthError {
  const { db } = server;
  const { provider, profile } = visitor;
  const known = findIdentity(db, provider, profile.subject);
  if (known) {
    const whose = known.user_id === user.id ? '' : ' to another user';
    throw unprocessable('identity_already_exists', `Identity is already linked${whose}`);
  }
  insertIdentity(db, user, provider, profile.data);
  if (user.email) return recordProviders(db, user);

  const addressed = takeAddress(server, user);
  if (!profile.isEmailVerified) {
    sendConfirmation(server, addressed, { redirectTo, challenge: IMPLICIT_FLOW });
    const message = `Unverified email with ${provider}. A confirmation email has been sent to your ${provider} email`;
    return unprocessable('email_not_confirmed', message);
  }
  return recordProviders(db, updateUser(db, confirmUser(db, addressed), { is_anonymous: false }));
}

function takeAddress(server: AuthServerContext, user: User): User {
  try {
    return promoteEmail(server, user);
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    throw badRequest('email_exists', 'A user with this email address has already been registered');
  }
}

export interface Linking {
  user: User;
  visitor: Visitor;
  redirectTo: string;
}
