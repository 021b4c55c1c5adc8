import { unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { emailOf, type Identity, listIdentities } from '../store/identities';
import { clearOneTimeTokens } from '../store/one-time-tokens';
import { findUserByEmail, mergeMetadata, type User, updateUser } from '../store/users';

/**
 * Gives a user whose address belongs to none of their identities the address of one: a verified one first, then the
 * oldest. Pending links were for the old address and die. Throws email_conflict_identity_not_deletable (422).
 */
export function promoteEmail({ db, config }: AuthServerContext, user: User): User {
  const identities = listIdentities(db, user.id);
  if (identities.some((identity) => emailOf(identity) === (user.email ?? ''))) return user;
  const ranked = identities.toSorted((a, b) => rank(a) - rank(b));
  const chosen = ranked.find((identity) => !findUserByEmail(db, emailOf(identity), user.aud));
  if (!chosen) throw unprocessable('email_conflict_identity_not_deletable', 'Unable to unlink identity due to email conflict');
  clearOneTimeTokens(db, user.id);
  const promoted = updateUser(db, user, { email: emailOf(chosen) || null, ...NOTHING_PENDING });
  if (rank(chosen) === 0 || (rank(chosen) === 1 && config.autoconfirm)) return promoted;
  const metadata = mergeMetadata(promoted.raw_user_meta_data, { email_verified: false });
  return updateUser(db, promoted, { email_confirmed_at: null, raw_user_meta_data: metadata });
}

const NOTHING_PENDING = {
  confirmation_token: '',
  confirmation_sent_at: null,
  recovery_token: '',
  recovery_sent_at: null,
  email_change: '',
  email_change_token_current: '',
  email_change_token_new: '',
  email_change_sent_at: null,
  email_change_confirm_status: 0,
  reauthentication_token: '',
  reauthentication_sent_at: null,
};

/** 0: verified by its provider, 1: not verified, 2: no address at all. */
function rank(identity: Identity): number {
  if (!emailOf(identity)) return 2;
  return identity.identity_data.email_verified === true ? 0 : 1;
}
