import type { Database } from '../store/database';
import { deleteIdentity, type Identity, listIdentities } from '../store/identities';
import { type User, updateUser } from '../store/users';
import { recordProviders } from './record-providers';

/**
 * Leaves an unconfirmed user with this identity alone: whoever registered the address before did not prove to own it,
 * so neither their password nor their other identities may open the account.
 */
export function dropUnconfirmed(db: Database, user: User, kept: Identity): User {
  for (const identity of listIdentities(db, user.id)) {
    if (identity.id !== kept.id) deleteIdentity(db, identity);
  }
  const changed = updateUser(db, user, {
    ...(kept.provider !== 'email' && { encrypted_password: null }),
    raw_user_meta_data: kept.identity_data,
  });
  return recordProviders(db, changed);
}
