import { type Database, timestamp } from '../store/database';
import { emailOf, findEmailIdentity, insertEmailIdentity, listIdentities, updateIdentityData } from '../store/identities';
import { clearOneTimeTokens } from '../store/one-time-tokens';
import { deleteAllSessions, deleteOtherSessions } from '../store/sessions';
import { mergeMetadata, type User, updateUser } from '../store/users';

/** Marks the address as the user's own and voids every pending link. Call inside a transaction; so for the others below. */
export function confirmUser(db: Database, user: User): User {
  clearOneTimeTokens(db, user.id);
  return updateUser(db, user, {
    confirmation_token: '',
    email_confirmed_at: timestamp(),
    raw_user_meta_data: mergeMetadata(user.raw_user_meta_data, { email_verified: true }),
  });
}

/** The sign-up or invitation link was opened. An invited user gets the random password made by the caller. */
export function acceptConfirmation(db: Database, user: User, invitedPasswordHash: string): User {
  const isInvited = !user.encrypted_password && user.invited_at !== null;
  const withPassword = isInvited ? changePassword(db, user, invitedPasswordHash) : user;
  for (const identity of listIdentities(db, user.id)) {
    if (user.email && emailOf(identity) === user.email) updateIdentityData(db, identity, { email_verified: true });
  }
  return confirmUser(db, withPassword);
}

/** The recovery or magic link was opened, which confirms the address as well. */
export function acceptRecovery(db: Database, user: User): User {
  clearOneTimeTokens(db, user.id);
  const recovered = updateUser(db, user, { recovery_token: '' });
  return recovered.email_confirmed_at ? recovered : confirmUser(db, recovered);
}

/** Both addresses agreed: the new one becomes the user's. */
export function acceptEmailChange(db: Database, user: User): User {
  clearOneTimeTokens(db, user.id);
  const changed = updateUser(db, user, {
    email: user.email_change,
    email_change: '',
    email_change_token_current: '',
    email_change_token_new: '',
    email_change_confirm_status: 0,
    is_anonymous: false,
  });
  const identity = findEmailIdentity(db, user.id) ?? insertEmailIdentity(db, changed);
  updateIdentityData(db, identity, { email: changed.email, email_verified: true });
  return changed.email_confirmed_at ? changed : confirmUser(db, changed);
}

/** Voids pending links and ends every session but the kept one: the old password may have been somebody else's. */
export function changePassword(db: Database, user: User, passwordHash: string, keptSessionId?: string): User {
  clearOneTimeTokens(db, user.id);
  if (keptSessionId) deleteOtherSessions(db, user.id, keptSessionId);
  else deleteAllSessions(db, user.id);
  return updateUser(db, user, {
    encrypted_password: passwordHash,
    confirmation_token: '',
    confirmation_sent_at: null,
    recovery_token: '',
    recovery_sent_at: null,
    email_change_token_current: '',
    email_change_token_new: '',
    email_change_sent_at: null,
    reauthentication_token: '',
    reauthentication_sent_at: null,
  });
}
