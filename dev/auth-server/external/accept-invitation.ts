import { confirmUser } from '../accounts/confirm-user';
import { dropUnconfirmed } from '../accounts/drop-unconfirmed';
import { recordProviders } from '../accounts/record-providers';
import { badRequest, notFound } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { insertIdentity } from '../store/identities';
import { findUserByOneTimeToken } from '../store/one-time-tokens';
import { mergeMetadata, type User, updateUser } from '../store/users';
import type { Visitor } from './find-account';

/** Somebody invited by mail comes through a provider instead of setting a password. */
export function acceptInvitation({ db }: AuthServerContext, token: string, { provider, profile }: Visitor): User {
  const user = findUserByOneTimeToken(db, token, ['confirmation_token']);
  if (!user) throw notFound('invite_not_found', 'Invite not found');
  if (user.email !== profile.email) {
    throw badRequest('validation_failed', 'Invited email does not match emails from external provider');
  }
  const identity = insertIdentity(db, user, provider, profile.data);
  const metadata = mergeMetadata(user.raw_user_meta_data, profile.data);
  const joined = recordProviders(db, updateUser(db, user, { raw_user_meta_data: metadata }));
  return confirmUser(db, dropUnconfirmed(db, joined, identity));
}
