import type { Database } from '../store/database';
import { listIdentities } from '../store/identities';
import { mergeMetadata, type User, updateUser } from '../store/users';

/** Writes to app_metadata by which providers this user can sign in, the oldest first. */
export function recordProviders(db: Database, user: User): User {
  const providers = [...new Set(listIdentities(db, user.id).map((identity) => identity.provider))];
  const updates = providers.length > 0 ? { providers, provider: providers[0] } : { providers };
  return updateUser(db, user, { raw_app_meta_data: mergeMetadata(user.raw_app_meta_data, updates) });
}
